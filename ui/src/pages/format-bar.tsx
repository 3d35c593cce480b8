import {
  Bold,
  Code,
  Heading1,
  Heading2,
  Heading3,
  Italic,
  Link2,
  List,
  ListOrdered,
  type LucideIcon,
  SquareCode,
  TextQuote,
} from 'lucide-react';
import type { EditorView } from 'prosemirror-view';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Keys } from '@/components/keys';
import { Popover } from '@/components/popover';
import { FormField, TextInput } from '@/components/text-input';
import { WithTooltip } from '@/components/tooltip';
import { message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { FORMATS, type Format, linkAt, setLink } from './editing';

const ICONS: Record<Format['id'], LucideIcon> = {
  heading1: Heading1,
  heading2: Heading2,
  heading3: Heading3,
  bold: Bold,
  italic: Italic,
  code: Code,
  bullets: List,
  numbers: ListOrdered,
  quote: TextQuote,
  code_block: SquareCode,
};

const BUTTON =
  'inline-flex size-7 items-center justify-center rounded-control text-quiet transition-colors hover:bg-hover hover:text-text aria-pressed:bg-press aria-pressed:text-text';

const label = (format: Format) => message(`format_${format.id}`) ?? format.id;

function LinkButton({ view }: { view: EditorView }) {
  const [open, setOpen] = useState(false);
  const [href, setHref] = useState('');
  const show = (next: boolean) => {
    setOpen(next);
    if (next) setHref(linkAt(view.state) ?? '');
    else view.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = href.trim();
    const address = typed === '' || /^[a-z]+:|^[/#]/i.test(typed) ? typed : `https://${typed}`;
    setLink(address)(view.state, view.dispatch);
    show(false);
  };
  return (
    <Popover
      title={m.format_link()}
      open={open}
      onOpenChange={show}
      trigger={
        <button
          type="button"
          className={BUTTON}
          aria-label={m.format_link()}
          aria-pressed={linkAt(view.state) !== null}
        >
          <Link2 className="size-4" aria-hidden />
        </button>
      }
    >
      <form onSubmit={submit} className="flex w-80 items-end gap-2">
        <div className="flex-1">
          <FormField label={m.format_link_address()}>
            {(props) => (
              <TextInput
                {...props}
                autoFocus
                value={href}
                placeholder="https://"
                onChange={(event) => setHref(event.target.value)}
              />
            )}
          </FormField>
        </div>
        <Button type="submit" look="primary" className="h-8">
          {m.action_save()}
        </Button>
      </form>
    </Popover>
  );
}

/** Arrow keys go from button to button; the bar is one stop of the Tab key. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLButtonElement)) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
  event.preventDefault();
  next?.focus();
}

/** How the selected text shall look. */
export function FormatBar({ view }: { view: EditorView }) {
  return (
    <div
      role="toolbar"
      aria-label={m.format_label()}
      onKeyDown={moveFocus}
      className="flex items-center gap-0.5"
    >
      {FORMATS.map((group, index) => (
        <span key={group[0]?.id} className="flex items-center gap-0.5">
          {index > 0 && <span aria-hidden className="mx-1 h-4 w-px bg-line" />}
          {group.map((format) => {
            const Icon = ICONS[format.id];
            return (
              <WithTooltip key={format.id} label={label(format)}>
                <button
                  type="button"
                  className={BUTTON}
                  aria-label={label(format)}
                  aria-pressed={format.isOn(view.state)}
                  aria-keyshortcuts={format.keys.replace('Mod', 'Control').replaceAll('-', '+')}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => {
                    format.run(view.state, view.dispatch, view);
                    view.focus();
                  }}
                >
                  <Icon className="size-4" aria-hidden />
                </button>
              </WithTooltip>
            );
          })}
        </span>
      ))}
      <LinkButton view={view} />
    </div>
  );
}

/** The signs that make a heading or a list while typing. */
export function TypingHints() {
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-quiet text-small">
      {(
        [
          ['#', m.format_heading1()],
          ['-', m.format_bullets()],
          ['>', m.format_quote()],
        ] as const
      ).map(([sign, words]) => (
        <span key={sign} className="inline-flex items-center gap-1.5">
          <Keys keys={sign} />
          {words}
        </span>
      ))}
    </p>
  );
}
