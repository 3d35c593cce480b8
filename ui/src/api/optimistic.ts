import { queryClient } from './query-client';
import type { Board, RecordInfo, RecordPage } from './types';

/** Field → value as shown; null clears. */
export type Patch = Record<string, unknown>;

export function patchRecord(record: RecordInfo, patch: Patch): RecordInfo {
  const fields = { ...record.fields };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === undefined || value === '') delete fields[name];
    else fields[name] = value as never;
  }
  return { ...record, fields };
}

function patchPage(page: RecordPage, ids: ReadonlySet<string>, patch: Patch): RecordPage {
  if (!page.records.some((record) => ids.has(record.id))) return page;
  return {
    ...page,
    records: page.records.map((record) => (ids.has(record.id) ? patchRecord(record, patch) : record)),
  };
}

/** Moves what changed its stage to the head of its new column, with the counts and sums that go with it. */
export function patchBoard(board: Board, ids: ReadonlySet<string>, patch: Patch): Board {
  const moved: RecordInfo[] = [];
  const target = typeof patch.stage === 'string' ? patch.stage : null;
  const columns = board.columns.map((column) => {
    const hit = column.records.filter((record) => ids.has(record.id));
    if (hit.length === 0) return column;
    if (target === null || target === column.stage) {
      return {
        ...column,
        records: column.records.map((record) => (ids.has(record.id) ? patchRecord(record, patch) : record)),
      };
    }
    moved.push(...hit);
    return {
      ...column,
      count: column.count - hit.length,
      sums: addTo(column.sums, hit, -1),
      records: column.records.filter((record) => !ids.has(record.id)),
    };
  });
  if (moved.length === 0) return { ...board, columns };
  return {
    ...board,
    columns: columns.map((column) =>
      column.stage === target
        ? {
            ...column,
            count: column.count + moved.length,
            sums: addTo(column.sums, moved, 1),
            records: [...moved.map((record) => patchRecord(record, patch)), ...column.records],
          }
        : column,
    ),
  };
}

function addTo(sums: Board['columns'][number]['sums'], records: RecordInfo[], sign: 1 | -1) {
  const next = { ...sums };
  for (const { fields } of records) {
    if (typeof fields.value !== 'number') continue;
    const currency = typeof fields.currency === 'string' ? fields.currency : '';
    next[currency] = (next[currency] ?? 0) + sign * fields.value;
  }
  return next;
}

/** What is being read answers with what was there before a change: it is given up, and read again once that is written. */
const holdReads = (kind: string, ids: ReadonlySet<string>): Promise<void> =>
  queryClient.cancelQueries({
    predicate: ({ queryKey: [what, key] }) =>
      (what === 'list' && key === kind) ||
      (what === 'board' && kind === 'opportunity') ||
      (what === 'record' && ids.has(String(key))),
  });

/** Shows a change before the engine has written it. Gives the way back. Whoever calls notes what changed, or did not, after it. */
export async function patchCaches(kind: string, ids: ReadonlySet<string>, patch: Patch): Promise<() => void> {
  await holdReads(kind, ids);
  const before = [
    ...queryClient.getQueriesData({ queryKey: ['list', kind] }),
    ...queryClient.getQueriesData({ queryKey: ['board'] }),
    ...[...ids].slice(0, 100).flatMap((id) => queryClient.getQueriesData({ queryKey: ['record', id] })),
  ];
  queryClient.setQueriesData<RecordPage>(
    { queryKey: ['list', kind] },
    (page) => page && patchPage(page, ids, patch),
  );
  if (kind === 'opportunity') {
    queryClient.setQueriesData<Board>(
      { queryKey: ['board'] },
      (board) => board && patchBoard(board, ids, patch),
    );
  }
  for (const id of ids) {
    queryClient.setQueryData<RecordInfo>(['record', id], (record) => record && patchRecord(record, patch));
  }
  return () => {
    for (const [key, data] of before) queryClient.setQueryData(key, data);
  };
}
