import { badInput } from '../../platform/errors.ts';

/** A figure that a document prints. Kept as printed, also where printed totals disagree. */
export interface PublishedFigure {
  readonly id: string;
  readonly metric: string;
  /** Whom or what it is about, as printed: 'Finland', 'Kuopio', an issuer's or a venue's name. */
  readonly scope: string;
  /** The partner it is about, when it is about one. */
  readonly partnerId: string | null;
  /** '2024', '2025-01/2025-08'; null: the document gives none. */
  readonly period: string | null;
  readonly value: number;
  readonly unit: string;
  /** 'exact', 'almost', 'over'…; null: the document does not say. */
  readonly precision: string | null;
  readonly asOf: string | null;
  readonly note: string | null;
  readonly source: string;
}

/** A printed number. Throws BAD_INPUT for anything else, an empty text included: a blank in a table is not a zero. */
export function readFigure(printed: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(printed))
    throw badInput('A published figure is written like 1297 or 31.5.', { printed });
  return Number(printed);
}
