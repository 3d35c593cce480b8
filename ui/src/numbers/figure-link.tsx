import { Link } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext } from 'react';
import type { Figure } from '@/api/types';
import { cx } from '@/components/cx';
import { number } from '@/i18n/format';
import type { Stretch } from './period-state';

/** The stretch of time that the numbers around were computed for: their records are found for the same. */
export const FiguresOf = createContext<Stretch | null>(null);

/** Where a number's records are. */
export function numberSearch(figure: Pick<Figure, 'number'>, { from, to, as_of }: Stretch) {
  return { number: figure.number, from, to, ...(as_of === null ? {} : { as_of }) };
}

export function useFiguresOf(): Stretch {
  const stretch = useContext(FiguresOf);
  if (stretch === null) throw new Error('figures stand within <FiguresOf>');
  return stretch;
}

/**
 * A number that opens the records it counts. A sum, share or median shows its own words and opens the records it was
 * computed from. Nothing opens where nothing was counted.
 */
export function FigureLink({
  figure,
  of,
  className,
  children,
}: {
  figure: Figure;
  /** What is counted, where no head of a row and column says so. */
  of?: string;
  className?: string;
  children?: ReactNode;
}) {
  const stretch = useFiguresOf();
  const words = children ?? number(figure.count);
  if (figure.count === 0) return <span className={cx('numeric text-quiet', className)}>{words}</span>;
  return (
    <Link
      to="/number"
      search={numberSearch(figure, stretch)}
      className={cx(
        'numeric rounded-mark decoration-edge underline-offset-3 hover:text-accent hover:underline',
        className,
      )}
      {...(of === undefined
        ? {}
        : { 'aria-label': `${of}: ${typeof words === 'string' ? words : number(figure.count)}` })}
    >
      {words}
    </Link>
  );
}
