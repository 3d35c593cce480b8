import { ChevronsUpDown } from 'lucide-react';
import type { RefObject } from 'react';
import { cx } from '@/components/cx';

/** Shows what is chosen, and opens the list it is chosen from. */
export function PickerButton({
  anchor,
  label,
  words,
  empty = false,
  className,
  onOpen,
}: {
  anchor: RefObject<HTMLButtonElement | null>;
  label: string;
  words: string;
  /** The words stand for nothing chosen. */
  empty?: boolean;
  className: string;
  onOpen: () => void;
}) {
  return (
    <button
      ref={anchor}
      type="button"
      aria-haspopup="listbox"
      aria-label={`${label}: ${words}`}
      onClick={onOpen}
      className={cx(
        'flex items-center gap-2 rounded-control border border-edge bg-surface text-left hover:bg-hover',
        className,
      )}
    >
      <span className={cx('min-w-0 flex-1 truncate', empty && 'text-quiet')}>{words}</span>
      <ChevronsUpDown className="size-3.5 shrink-0 text-quiet" aria-hidden />
    </button>
  );
}
