import icon from '../../../src-tauri/icons/icon.svg';
import { cx } from './cx';

/** Tandem's mark: two strands that cross on one ground. It is the application's icon, so that both are one picture. */
export function Mark({ className }: { className?: string }) {
  return <img src={icon} alt="" className={cx('shrink-0', className ?? 'size-8')} />;
}
