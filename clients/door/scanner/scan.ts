import { wait } from '../../shared/retry.ts';

const everyMs = 150;

/** A reader of QR and Code 39: other formats make codes out of noise. Null when the picture shows none. */
export type CodeReader = (video: HTMLVideoElement) => Promise<string | null>;

interface NativeDetector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

interface NativeDetectorClass {
  new (options: { formats: readonly string[] }): NativeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
}

const formats = ['qr_code', 'code_39'] as const;

/**
 * Shows the camera in `video` until a code is read; null when stopped. Rejects when there is no camera or no permission.
 */
export async function scanFrom(
  video: HTMLVideoElement,
  stop: AbortSignal,
  started: () => void,
): Promise<string | null> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 } },
    audio: false,
  });
  try {
    video.srcObject = stream;
    await video.play();
    const read = await codeReader();
    started();
    while (!stop.aborted) {
      const code = await read(video);
      if (code !== null && !stop.aborted) return code;
      await wait(everyMs);
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

/** Rejects where the reader cannot be fetched. */
export async function codeReader(): Promise<CodeReader> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector;
  if (Native) {
    const supported = await Native.getSupportedFormats();
    if (formats.every((format) => supported.includes(format))) {
      const detector = new Native({ formats });
      return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
    }
  }
  // A megabyte of WebAssembly: only for those who open the camera and have no reader in the browser.
  return (await import('./wasm-reader.ts')).wasmReader();
}
