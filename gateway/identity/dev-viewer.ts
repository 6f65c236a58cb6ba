import { AppError, badInput } from '../../subgraphs/platform/errors.ts';
import { anonymous, parseViewer, type Viewer } from '../../subgraphs/platform/viewer.ts';

/** The header, and in a WebSocket's `connectionParams` the field `devViewer`, in which a developer says who asks. */
export const devViewerHeader = 'x-dev-viewer';

/**
 * Who asks, as the sender claims: for development only, until identity exists. Nothing sent is ANONYMOUS. Refuses
 * DEV_VIEWER_REFUSED in production and BAD_INPUT for what is no viewer.
 */
export function readDevViewer(sent: unknown, production: boolean): Viewer {
  if (sent === undefined || sent === null) return anonymous;
  if (production) {
    throw new AppError('DEV_VIEWER_REFUSED', 'The development viewer is not available in production.');
  }
  return parseViewer(typeof sent === 'string' ? parseJson(sent) : sent);
}

/** From the connection parameters of a WebSocket, or of one operation on it, as GraphiQL sends its headers. */
export function devViewerOf(parameters: Readonly<Record<string, unknown>> | undefined): unknown {
  if (!parameters) return undefined;
  const { headers } = parameters;
  const inHeaders =
    typeof headers === 'object' && headers !== null
      ? (headers as Record<string, unknown>)[devViewerHeader]
      : undefined;
  return parameters['devViewer'] ?? parameters[devViewerHeader] ?? inHeaders;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('The development viewer is not JSON. Send for example {"role":"NATIONAL"}.');
  }
}
