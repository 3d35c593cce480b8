import type { Linked } from '@/api/types';

/** What a line is about: the record, and its account beside it. */
export function LineTitle({ title, account }: { title: string; account: Linked | null }) {
  return (
    <p className="flex items-baseline gap-2">
      <span className="truncate font-medium">{title}</span>
      {account !== null && (
        <span className="min-w-0 shrink-2 truncate text-quiet text-small">{account.title}</span>
      )}
    </p>
  );
}
