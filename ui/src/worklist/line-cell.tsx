import type { MouseEvent, ReactNode, Ref } from 'react';

/** A cell of a line in a {@link WorkList}. */
export function LineCell({
  label,
  className,
  onClick,
  ref,
  children,
}: {
  /** Its name, where what stands in it does not say so. */
  label?: string;
  className?: string;
  onClick?: (event: MouseEvent) => void;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list answers the keyboard for all its cells
    <div ref={ref} role="gridcell" aria-label={label} onClick={onClick} className={className}>
      {children}
    </div>
  );
}
