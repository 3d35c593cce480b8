import { failureText } from '@/state/toasts';
import { cx } from './cx';

/** Why what belongs here could not be read; nothing while all is well. */
export function FailureLine({ error, className }: { error: Error | null; className?: string }) {
  if (error === null) return null;
  return (
    <p role="alert" className={cx('selectable text-danger', className)}>
      {failureText(error)}
    </p>
  );
}
