import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../gateway/config.ts';
import { openTracing, type Tracing } from '../../gateway/observability/tracing.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { running } from './support/running.ts';
import { TestSocket } from './support/sockets.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const incoming = `00-${traceId}-b7ad6b7169203331-01`;

interface Attribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly arrayValue?: { values: { stringValue: string }[] };
  };
}

interface ExportedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code: number };
}

interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly ExportedSpan[] }[];
  }[];
}

/** An OpenTelemetry collector on this machine: what it was sent, as text and as spans. */
async function collector() {
  const bodies: string[] = [];
  const paths = new Set<string>();
  const server = createServer((request, response) => {
    paths.add(String(request.url));
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const exported = (): Exported[] => bodies.map((body) => JSON.parse(body) as Exported);
  return {
    url,
    paths,
    text: () => bodies.join('\n'),
    resources: () =>
      exported().flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ resource }) => resource.attributes)),
    spans: () =>
      exported().flatMap(({ resourceSpans }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
  };
}

const silent = createLogger('silent');

async function tracingTo(url: string): Promise<Tracing> {
  const { tracesUrl } = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: url });
  return openTracing({ url: tracesUrl ?? '', logger: silent });
}

describe('traces', () => {
  test('have one span per operation in the trace that came with it, and below it one per fetch', async () => {
    const there = await collector();
    const tracing = await tracingTo(there.url);
    const { toys, fetch } = await running({ tracing });
    const query = 'query MyOwnName { sensor(id: "a") { id temperature alarm } }';
    const send = () =>
      fetch('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          traceparent: incoming,
          'x-dev-viewer': '{"role":"NATIONAL"}',
        },
        body: JSON.stringify({ query }),
      });
    // The long way, and then the short one.
    await send();
    await send();
    await tracing.close();

    expect([...there.paths]).toEqual(['/v1/traces']);
    const spans = there.spans();
    const operations = spans.filter(({ name }) => name === 'query');
    expect(operations).toHaveLength(2);
    for (const { spanId, ...operation } of operations) {
      expect(operation).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331', kind: 2 });
      const fetches = spans.filter(({ parentSpanId }) => parentSpanId === spanId);
      expect(fetches.length).toBeGreaterThan(0);
      for (const span of fetches) expect(span).toMatchObject({ traceId, kind: 3 });
      const names = toys.subgraphs.map(({ name }) => `fetch ${name}`);
      expect(names).toEqual(expect.arrayContaining(fetches.map(({ name }) => name)));
    }
    expect(there.text()).not.toMatch(/MyOwnName|NATIONAL|temperature|127\.0\.0\.1/);
    expect(there.resources().map(({ key }) => key)).toEqual(['service.name']);
  });

  test('begin by themselves when none came along, and say the codes of what failed', async () => {
    const there = await collector();
    const tracing = await tracingTo(there.url);
    const { ask, gateway } = await running({ tracing });
    await ask('{ nothingOfThisName }');
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { nothingOfThisName }');
    await socket.next('error', '1');
    await tracing.close();
    const spans = there.spans();
    expect(spans).toHaveLength(2);
    for (const span of spans) {
      expect(span.parentSpanId).toBeUndefined();
      expect(span.status.code).toBe(2);
      const codes = span.attributes.find(({ key }) => key === 'error.codes')?.value.arrayValue?.values;
      expect(codes).toEqual([{ stringValue: 'GRAPHQL_VALIDATION_FAILED' }]);
    }
  });

  test('pass the span of a fetch on as the parent of what the subgraph does', async () => {
    const there = await collector();
    const tracing = await tracingTo(there.url);
    const operation = tracing.operation(incoming);
    const work = tracing.fetch('cards', operation.traceparent);
    expect(work.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    work.end('ok');
    operation.end('ok');
    await tracing.close();
    const [fetched, whole] = there.spans();
    expect(work.traceparent.split('-')[2]).toBe(fetched?.spanId);
    expect(fetched?.parentSpanId).toBe(whole?.spanId);
  });

  test('cost an operation nothing when the collector is away: spans are dropped, and said once', async () => {
    const lines: string[] = [];
    const logger = createLogger('warn', { write: (line) => void lines.push(line) });
    const tracing = await openTracing({ url: 'http://127.0.0.1:1/v1/traces', logger });
    const { ask } = await running({ tracing });
    expect((await ask('{ __typename }')).status).toBe(200);
    await tracing.close();
    expect(lines.length).toBeLessThanOrEqual(1);
  });
});

describe('the settings of OpenTelemetry', () => {
  test.each([
    [{}, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, 'http://c:4318/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/otlp/' }, 'http://c:4318/otlp/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c/t' }, 'https://c/t'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }, undefined],
  ])('%j send traces to %s', (environment, url) => {
    expect(readConfig(environment).tracesUrl).toBe(url);
  });

  test('that are no address stop the start, without showing it back', () => {
    const start = (): unknown => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'user:secret@collector' });
    expect(start).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT must be the address of an OpenTelemetry collector');
    expect(start).not.toThrow(/secret/);
  });
});
