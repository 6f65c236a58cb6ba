import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface ReceivedLetter {
  readonly from: string;
  readonly to: string;
  readonly headers: string;
  /** Decoded. */
  readonly text: string;
}

export interface SmtpServer extends AsyncDisposable {
  readonly url: string;
  readonly letters: readonly ReceivedLetter[];
  /** How it answers a command, instead of yes: `{ RCPT: '550 no such user' }`. */
  readonly answers: Partial<Record<'MAIL' | 'RCPT' | 'DATA' | 'END' | 'AUTH', string>>;
  /** Resolves when so many have come. */
  received(count: number): Promise<void>;
}

/** A mail server as small as RFC 5321 lets one be: it takes letters in plain text and keeps them. */
export async function startSmtp(): Promise<SmtpServer> {
  const letters: ReceivedLetter[] = [];
  const answers: SmtpServer['answers'] = {};
  const sockets = new Set<Socket>();
  let told = (): void => {};
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    talk(socket, answers, (letter) => {
      letters.push(letter);
      told();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No free port.');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    answers,
    async received(count) {
      while (letters.length < count) await new Promise<void>((resolve) => (told = resolve));
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function talk(socket: Socket, answers: SmtpServer['answers'], keep: (letter: ReceivedLetter) => void): void {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  let buffer = '';
  let inText = false;
  let from = '';
  let to = '';
  say('220 test');
  socket.setEncoding('latin1');
  socket.on('data', (part: string) => {
    buffer += part;
    for (;;) {
      const end = buffer.indexOf(inText ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + (inText ? 5 : 2));
      if (inText) {
        inText = false;
        if (answers.END === undefined) keep(letterOf(from, to, line));
        say(answers.END ?? '250 taken');
        continue;
      }
      const command = (/^\w+/.exec(line)?.[0] ?? '').toUpperCase();
      if (command === 'EHLO') say('250-test\r\n250 AUTH PLAIN');
      else if (command === 'MAIL') from = addressIn(line);
      else if (command === 'RCPT') to = addressIn(line);
      if (command === 'DATA' && answers.DATA === undefined) {
        inText = true;
        say('354 go on');
      } else if (command === 'QUIT') socket.end('221 bye\r\n');
      else if (command !== 'EHLO')
        say(answers[command as 'MAIL'] ?? (command === 'AUTH' ? '235 welcome' : '250 yes'));
    }
  });
}

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

function letterOf(from: string, to: string, message: string): ReceivedLetter {
  const end = message.indexOf('\r\n\r\n');
  const headers = message.slice(0, end);
  const body = message.slice(end + 4).replaceAll('\r\n..', '\r\n.');
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(headers)?.[1]?.toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? Buffer.from(
            body
              .replaceAll('=\r\n', '')
              .replaceAll(/=([\dA-F]{2})/g, (_, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            'latin1',
          )
        : Buffer.from(body, 'latin1');
  return { from, to, headers, text: bytes.toString('utf8') };
}
