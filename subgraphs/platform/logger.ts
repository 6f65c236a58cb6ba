import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

const personal = [
  'cardCode',
  'token',
  'presentation',
  'email',
  'birthYear',
  'postcode',
  'headers',
  'variables',
];

/**
 * Structured logs on standard output, unless a destination is given. What could be personal is removed by name in case
 * somebody logs a whole object: the rule remains that nothing personal is logged at all.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: personal.flatMap((name) => [name, `*.${name}`]),
      censor: '[removed]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
