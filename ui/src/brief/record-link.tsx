import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Linked } from '@/api/types';
import { cx } from '@/components/cx';

/** Opens the record behind what is said. */
export function RecordLink({
  to,
  className,
  children,
}: {
  to: Linked;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <Link
      to="/record/$id"
      params={{ id: to.id }}
      search={{}}
      className={cx('rounded-mark hover:text-accent hover:underline', className)}
    >
      {children ?? to.title}
    </Link>
  );
}
