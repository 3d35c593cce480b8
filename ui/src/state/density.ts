import { useEffect } from 'react';
import { useKept } from './preferences';

export type Density = 'compact' | 'comfortable';

/** How high rows are on this machine. */
export function useDensity(): [Density, (density: Density) => void] {
  return useKept<Density>('density', 'compact');
}

/** The measure of a row in pixels, for what lays rows out itself; `--spacing-row` is the same. */
export function useRowHeight(): number {
  const [density] = useDensity();
  return density === 'comfortable' ? 40 : 32;
}

/** Keeps the window's measure of a row as chosen. */
export function DensityMeasure() {
  const [density] = useDensity();
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return null;
}
