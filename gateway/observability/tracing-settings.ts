import { ConfigError } from '../../subgraphs/platform/settings/config-error.ts';

type Read = (name: string) => string | undefined;

const general = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const traces = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';

/**
 * Where traces are sent, as OpenTelemetry defines it: the address of a collector, or of its traces alone. Undefined: nowhere.
 * https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function readTracesUrl(read: Read): string | undefined {
  if (read('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;
  const own = read(traces);
  if (own !== undefined) return address(traces, own);
  const collector = read(general);
  if (collector === undefined) return undefined;
  return `${address(general, collector).replace(/\/$/, '')}/v1/traces`;
}

/** It is not shown back: it may hold a password. */
function address(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new ConfigError(
    `${name} must be the address of an OpenTelemetry collector, such as http://127.0.0.1:4318.`,
  );
}
