import type { Ref, TextareaHTMLAttributes } from 'react';
import { cx } from './cx';

/** One line of text that is shown whole: it grows with what stands in it instead of cutting it off. */
export function GrownInput({
  className,
  value,
  placeholder,
  ref,
  ...rest
}: Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value'> & {
  value: string;
  ref?: Ref<HTMLTextAreaElement>;
}) {
  return (
    <span className="grid grid-cols-[minmax(0,1fr)]">
      {/* The same words beneath give the field its height: not every webview sizes a field by its content. */}
      <span
        aria-hidden
        data-text={value || placeholder || ' '}
        className={cx(
          className,
          'wrap-anywhere invisible col-start-1 row-start-1 after:content-[attr(data-text)]',
        )}
      />
      <textarea
        ref={ref}
        rows={1}
        value={value}
        placeholder={placeholder}
        className={cx(className, 'wrap-anywhere col-start-1 row-start-1 resize-none overflow-hidden')}
        {...rest}
      />
    </span>
  );
}
