import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import type { RecordInfo } from '@/api/types';
import { ConflictMark } from '@/components/badges';
import { cx } from '@/components/cx';
import { optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

/** Pages under what they are, in the schema's order. */
export function byType(pages: RecordInfo[], order: string[]): [string, RecordInfo[]][] {
  const groups = new Map<string, RecordInfo[]>(order.map((type) => [type, []]));
  for (const page of pages) {
    const type = String(page.fields.type ?? '');
    const group = groups.get(type);
    if (group === undefined) groups.set(type, [page]);
    else group.push(page);
  }
  return [...groups].filter(([, all]) => all.length > 0);
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
  event.preventDefault();
  next?.focus();
}

/** Every page, by what it is. */
export function PageList({ groups, shown }: { groups: [string, RecordInfo[]][]; shown: string | undefined }) {
  return (
    <nav aria-label={m.page_list()} onKeyDown={moveFocus} className="flex flex-col gap-4 p-2">
      {groups.map(([type, all]) => (
        <section key={type}>
          <h2 className="caps px-2 pb-1">
            {type === '' ? m.page_no_type() : optionLabel('page', 'type', type)}
          </h2>
          <ul className="flex flex-col gap-px">
            {all.map((page) => (
              <li key={page.id}>
                <Link
                  to="/pages"
                  search={{ record: page.id }}
                  {...(page.id === shown ? { 'aria-current': 'page' as const } : {})}
                  className={cx(
                    'flex h-7 items-center gap-2 rounded-control px-2',
                    page.id === shown ? 'bg-press font-medium' : 'hover:bg-hover',
                  )}
                >
                  <span className="min-w-0 flex-1 truncate">{page.title}</span>
                  {Object.keys(page.conflicts).length > 0 && <ConflictMark />}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
