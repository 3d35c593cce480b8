import { cx } from './cx';

/** Tandem's mark: two wheels on one frame. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={cx('size-8 text-accent', className)} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="9.5" cy="19.5" r="4" />
        <circle cx="22.5" cy="19.5" r="4" />
        <path d="M9.5 19.5 13 11.5h8l1.5 8M13 11.5l4 8 4-8" />
      </g>
    </svg>
  );
}
