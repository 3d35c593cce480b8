import { create } from 'zustand';
import { isoDay } from '@/records/parse';
import { type Period, type Span, spanOf } from './period';

interface Looking {
  period: Period;
  /** The past day one looks at; absent: now. */
  asOf: string | null;
  /** How revenue is divided; absent: as the workspace does. */
  model: string | null;
}

/** How the numbers and what became of the leads are looked at; one choice for both, for as long as the window is open. */
export const useLooking = create<Looking>(() => ({
  period: { preset: 'this_quarter' },
  asOf: null,
  model: null,
}));

export const today = (): string => isoDay(new Date());

/** A question's stretch of time, as the engine takes it. */
export interface Stretch extends Span {
  as_of: string | null;
}

/** The stretch of time that an answer is about. */
export const stretchOf = ({ from, to, as_of }: Stretch): Stretch => ({ from, to, as_of });

export function useStretch(): Stretch {
  const { period, asOf } = useLooking();
  return { ...spanOf(period, asOf ?? today()), as_of: asOf };
}
