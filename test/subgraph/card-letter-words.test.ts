import { describe, expect, test } from 'vitest';
import { readConfig } from '../../gateway/config.ts';
import { confirmLink, writeLetter } from '../../subgraphs/cards/domain/letters.ts';

const publicUrl = 'https://card.example.org';
const languages = ['FI', 'SV', 'EN'] as const;

describe('the words of a letter', () => {
  const link = confirmLink(`${publicUrl}/`, 'CODE');

  test('the code of a link stands where no server sees it', () => {
    expect(link).toBe('https://card.example.org/card#confirm=CODE');
  });

  test.each(languages)('confirming in %s has the link once, and says how long it works', (language) => {
    const { subject, text } = writeLetter('CONFIRM_ACCOUNT', language, link);
    expect(text.split(link).length).toBe(2);
    expect(text).toContain('15');
    expect(subject).not.toMatch(/kortt|kort|card|kultt|kult|cult/i);
  });

  test.each(languages)('a changed address is told in %s, without a link', (language) => {
    const { subject, text } = writeLetter('ACCOUNT_REPLACED', language, link);
    expect(text).not.toContain('http');
    expect(subject.length).toBeGreaterThan(10);
  });

  test('a letter whose language nobody said is in all three', () => {
    const { text } = writeLetter('ACCOUNT_REPLACED', null, '');
    for (const language of languages) {
      expect(text).toContain(writeLetter('ACCOUNT_REPLACED', language, '').text.trim());
    }
  });
});

describe('the settings', () => {
  const right = {
    SMTP_URL: 'smtps://user:secret@mail.example.org',
    MAIL_FROM: 'a@example.org',
    PUBLIC_URL: publicUrl,
  };

  test('all of them or none', () => {
    expect(readConfig({}).mail).toBeUndefined();
    expect(readConfig(right).mail).toEqual({ smtpUrl: right.SMTP_URL, from: 'a@example.org', publicUrl });
    for (const name of Object.keys(right)) {
      expect(() => readConfig({ ...right, [name]: '' })).toThrow(/SMTP_URL, MAIL_FROM and PUBLIC_URL/);
    }
  });

  test.each([
    ['SMTP_URL', 'https://user:secret@mail.example.org'],
    ['SMTP_URL', 'mail.example.org'],
    ['MAIL_FROM', 'nobody'],
    ['PUBLIC_URL', 'card.example.org'],
  ])('a wrong %s stops the start with a sentence, and shows no password', (name, value) => {
    const start = (): unknown => readConfig({ ...right, [name]: value });
    expect(start).toThrow(new RegExp(`^${name} .*must be`));
    expect(start).not.toThrow(/secret/);
  });
});
