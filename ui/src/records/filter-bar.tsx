import { useQueries } from '@tanstack/react-query';
import { ListFilter, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { recordQuery } from '@/api/queries';
import { findField } from '@/api/schema';
import type { Filter, KindInfo } from '@/api/types';
import { IconButton } from '@/components/button';
import { cx } from '@/components/cx';
import { useShortcut } from '@/keys/use-shortcut';
import { m } from '@/paraglide/messages.js';
import { FilterMenu } from './filter-menu';
import { filterSentence, linkedIds, type Titles } from './filter-sentence';

/** What is typed is searched for when the hand rests, so that each letter answers at once. */
const TYPING_MS = 80;

function TextFilter({
  text,
  onText,
  label,
}: {
  text: string;
  onText: (text: string) => void;
  label: string;
}) {
  const [typed, setTyped] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('filter', () => input.current?.focus());
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = window.setTimeout(() => onText(typed), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [typed, text, onText]);
  return (
    <span className="relative flex shrink-0 items-center">
      <Search className="pointer-events-none absolute left-2 size-3.5 text-quiet" aria-hidden />
      <input
        ref={input}
        type="search"
        value={typed}
        aria-label={label}
        placeholder={label}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (typed === '') input.current?.blur();
          else onText('');
        }}
        className="h-7 w-44 rounded-control border border-line bg-surface pr-2 pl-7 focus-visible:border-accent [&::-webkit-search-cancel-button]:hidden"
      />
    </span>
  );
}

/** What the records are called that the filters name by id. */
function useTitles(kind: KindInfo, filters: Filter[]): Titles {
  const ids = linkedIds(kind, filters);
  const records = useQueries({
    // A title of another record must not stand in while this one's is read.
    queries: ids.map((id) => ({ ...recordQuery(id), placeholderData: undefined })),
  });
  return new Map(records.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.title] as const])));
}

/** The conditions of a list, each a sentence that can be changed or taken away. */
export function FilterBar({
  kind,
  filters,
  text,
  onFilters,
  onText,
  children,
}: {
  kind: KindInfo;
  filters: Filter[];
  text: string;
  onFilters: (filters: Filter[]) => void;
  onText: (text: string) => void;
  children?: React.ReactNode;
}) {
  const titles = useTitles(kind, filters);
  return (
    <div className="flex min-h-10 shrink-0 items-start gap-1.5 border-line border-b px-4 py-1.5">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
        <TextFilter text={text} onText={onText} label={m.label_search_list()} />
        {filters.map((filter, index) => {
          const field = findField(kind, filter.field);
          if (field === undefined) return null;
          const [subject, verb, object] = filterSentence(kind.name, field, filter, titles);
          const replace = (next: Filter) =>
            onFilters(filters.map((other, at) => (at === index ? next : other)));
          return (
            <span
              key={`${filter.field}-${filter.op}-${JSON.stringify(filter.value)}`}
              className="inline-flex h-7 max-w-96 items-center rounded-control border border-line bg-canvas pl-2.5"
            >
              <FilterMenu
                kind={kind}
                field={field}
                filter={filter}
                onFilter={replace}
                trigger={
                  <button type="button" className="flex min-w-0 items-center gap-1">
                    <span className="shrink-0 text-quiet">{subject}</span>
                    <span className="shrink-0 text-quiet">{verb}</span>
                    <span className="truncate font-medium">{object}</span>
                  </button>
                }
              />
              <IconButton
                className="size-6"
                label={m.action_remove_filter({ filter: `${subject} ${verb} ${object}` })}
                icon={<X className="size-3" />}
                onClick={() => onFilters(filters.filter((_, at) => at !== index))}
              />
            </span>
          );
        })}
        <FilterMenu
          kind={kind}
          onFilter={(filter) => onFilters([...filters, filter])}
          trigger={
            <button
              type="button"
              className={cx(
                'inline-flex h-7 items-center gap-1.5 rounded-control px-2 text-quiet hover:bg-hover hover:text-text',
              )}
            >
              <ListFilter className="size-3.5" aria-hidden />
              {m.action_add_filter()}
            </button>
          }
        />
      </div>
      {children}
    </div>
  );
}
