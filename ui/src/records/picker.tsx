import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { m } from '@/paraglide/messages.js';
import { Anchored } from './anchored';

export interface Choice {
  value: string;
  label: string;
  hint?: string;
  icon?: ReactNode;
}

/** A list to choose from that opens at `anchor`: arrows and Enter, or type to narrow it. */
export function Picker({
  anchor,
  label,
  choices,
  chosen,
  multiple = false,
  search,
  onSearch,
  initialText = '',
  onChoose,
  onClose,
  onCreate,
  clearable = false,
  error,
}: {
  anchor: RefObject<Element | null>;
  label: string;
  choices: Choice[];
  chosen: ReadonlySet<string>;
  multiple?: boolean;
  /** Given when the choices come from a search instead of being all there. */
  search?: string;
  onSearch?: (text: string) => void;
  initialText?: string;
  onChoose: (choice: Choice | null) => void;
  onClose: () => void;
  /** Takes what was typed where nothing fits. */
  onCreate?: (text: string) => void;
  clearable?: boolean;
  error?: string | null;
}) {
  const [own, setOwn] = useState(initialText);
  const text = search ?? own;
  const setText = onSearch ?? setOwn;
  const typed = text.trim();
  const current = multiple || initialText !== '' ? undefined : choices.find((one) => chosen.has(one.value));
  const exact = choices.some((choice) => choice.label.toLowerCase() === typed.toLowerCase());
  return (
    <Anchored anchor={anchor} label={label} className="w-64 overflow-hidden" onClose={onClose}>
      <Command
        label={label}
        shouldFilter={onSearch === undefined}
        defaultValue={current && `${current.label} ${current.value}`}
        loop
      >
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={label}
          className="h-9 w-full border-line border-b bg-transparent px-3 outline-none"
        />
        {error && (
          <p role="alert" className="px-3 pt-2 text-danger text-small">
            {error}
          </p>
        )}
        <Command.List label={label} className="max-h-72 overflow-y-auto p-1">
          {typed === '' || onCreate !== undefined ? null : (
            <Command.Empty className="px-2 py-3 text-quiet">{m.label_nothing_found()}</Command.Empty>
          )}
          {clearable && typed === '' && (
            <PickerItem value="—" onSelect={() => onChoose(null)}>
              <span className="text-quiet">{m.action_clear_field()}</span>
            </PickerItem>
          )}
          {choices.map((choice) => (
            <PickerItem
              key={choice.value}
              value={`${choice.label} ${choice.value}`}
              onSelect={() => onChoose(choice)}
            >
              {multiple && (
                <span className="flex size-4 items-center justify-center rounded-mark border border-edge">
                  {chosen.has(choice.value) && (
                    <Check className="size-3 text-accent" strokeWidth={3} aria-hidden />
                  )}
                </span>
              )}
              {choice.icon}
              <span className="min-w-0 truncate">{choice.label}</span>
              {choice.hint && (
                <span className="min-w-0 flex-1 truncate text-quiet text-small">{choice.hint}</span>
              )}
              {!multiple && chosen.has(choice.value) && (
                <Check className="ml-auto size-3.5 text-accent" aria-label={m.label_chosen()} />
              )}
              {multiple && chosen.has(choice.value) && <span className="sr-only">{m.label_chosen()}</span>}
            </PickerItem>
          ))}
          {onCreate !== undefined && typed !== '' && !exact && (
            <PickerItem value={`+${typed}`} forced onSelect={() => onCreate(typed)}>
              {m.action_take({ text: typed })}
            </PickerItem>
          )}
        </Command.List>
      </Command>
    </Anchored>
  );
}

function PickerItem({
  value,
  onSelect,
  forced = false,
  children,
}: {
  value: string;
  onSelect: () => void;
  forced?: boolean;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      forceMount={forced}
      className="flex min-h-7 items-center gap-2 rounded-control px-2 py-1 data-[selected=true]:bg-hover"
    >
      {children}
    </Command.Item>
  );
}
