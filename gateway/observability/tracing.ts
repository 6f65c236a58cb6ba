import type { Context, Span, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from '../../subgraphs/platform/logger.ts';
import type { Millis } from '../../subgraphs/platform/units.ts';

export interface TracingOptions {
  /** Where an OpenTelemetry collector takes traces (OTLP over HTTP, JSON). */
  readonly url: string;
  readonly logger: Logger;
}

/** A piece of work that is under way. */
export interface Work {
  /** The W3C trace context to be passed on, of which this work is the parent. */
  readonly traceparent: string;
  /** `codes`: of errors, when it had any. */
  end(outcome: 'ok' | 'error', codes?: readonly unknown[]): void;
}

/**
 * Spans for an OpenTelemetry collector: names, kinds, codes of errors and durations. Never a text, a variable, a viewer or an
 * address, which could say something about a person.
 */
export interface Tracing {
  /** Begins an operation, in the trace that came with it or in a new one. */
  operation(traceparent: string | undefined): Work & { name(kind: string): void };
  /** Begins a fetch from a subgraph, as a part of the operation with this trace context. */
  fetch(subgraph: string, traceparent: string): Work;
  /** Sends what is left, and lets go of the collector. */
  close(): Promise<void>;
}

/** Spans that wait to be sent. What comes on top is dropped: tracing never costs the gateway its memory. */
const maxWaiting = 2_048;
const timeoutMs: Millis = 5_000;
/** How long a stopping gateway waits for its collector. */
const farewellMs: Millis = 2_000;

/** Loads the exporter, which nothing else imports: without it there is nothing that could connect to anywhere. */
export async function openTracing({ url, logger }: TracingOptions): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, { detectResources, envDetector, resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = reported(new OTLPTraceExporter({ url, timeoutMillis: timeoutMs }), logger);
  const provider = new sdk.BasicTracerProvider({
    // Nothing about the machine, its user or the command line; OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
    resource: resourceFromAttributes({ 'service.name': 'culture-card-gateway' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [
      new sdk.BatchSpanProcessor(exporter, { maxQueueSize: maxWaiting, exportTimeoutMillis: timeoutMs }),
    ],
  });
  const tracer = provider.getTracer('gateway');

  const parentOf = (traceparent: string | undefined): Context => {
    const [, traceId, spanId, flags] = traceparent?.split('-') ?? [];
    if (traceId === undefined || spanId === undefined || flags === undefined) return api.ROOT_CONTEXT;
    const traceFlags = Number.parseInt(flags, 16) & api.TraceFlags.SAMPLED;
    return api.trace.setSpanContext(api.ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
  };
  const begin = (name: string, kind: SpanKind, traceparent: string | undefined): Work & { span: Span } => {
    const span = tracer.startSpan(name, { kind }, parentOf(traceparent));
    const { traceId, spanId, traceFlags } = span.spanContext();
    return {
      span,
      traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
      end(outcome, codes = []) {
        if (outcome === 'error') span.setStatus({ code: api.SpanStatusCode.ERROR });
        const known = codes.filter(isCode);
        if (known.length > 0) span.setAttribute('error.codes', [...new Set(known)]);
        span.end();
      },
    };
  };

  return {
    operation(traceparent) {
      const { span, ...work } = begin('operation', api.SpanKind.SERVER, traceparent);
      return {
        ...work,
        name: (kind) => void span.updateName(kind).setAttribute('graphql.operation.type', kind),
      };
    },
    fetch(subgraph, traceparent) {
      const { span, ...work } = begin(`fetch ${subgraph}`, api.SpanKind.CLIENT, traceparent);
      span.setAttribute('subgraph', subgraph);
      return work;
    },
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, farewellMs).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

/** Codes of ours and of subgraphs are words; anything else might be a text. */
function isCode(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code);
}

/** The same exporter, which says once per outage that the collector does not take anything. */
function reported(exporter: SpanExporter, logger: Logger): SpanExporter {
  let failing = false;
  return {
    export(spans: ReadableSpan[], done) {
      exporter.export(spans, (result) => {
        const failed = Number(result.code) !== 0;
        if (failed && !failing) logger.warn('the OpenTelemetry collector does not take traces');
        if (!failed && failing) logger.info('the OpenTelemetry collector takes traces again');
        failing = failed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
