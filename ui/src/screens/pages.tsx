import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FileText, Plus } from 'lucide-react';
import { useCreate } from '@/api/actions';
import { rpc } from '@/api/rpc';
import { useKind } from '@/api/schema';
import { Button } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { useShortcut } from '@/keys/use-shortcut';
import { NEW_PAGES } from '@/pages/new-pages';
import { byType, PageList } from '@/pages/page-list';
import { PageView } from '@/pages/page-view';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { complain } from '@/state/toasts';

const MOST = 1_000;

export function PagesScreen() {
  const asked = useSearch({ strict: false }).record;
  const navigate = useNavigate();
  const create = useCreate();
  const { data } = useQuery({
    queryKey: ['list', 'page', 'all'],
    queryFn: () => rpc('list', { kind: 'page', sort: [{ field: 'name', descending: false }], limit: MOST }),
  });
  const pages = data?.records ?? [];
  const types = useKind('page')?.fields.find((field) => field.name === 'type')?.options ?? [];
  const groups = byType(pages, types);
  const shown = asked ?? groups[0]?.[1][0]?.id;
  const make = () => {
    if (create.isPending) return;
    create.mutate(
      { kind: 'page', fields: { name: m.page_untitled(), type: 'note' } },
      {
        onSuccess: (page) => {
          NEW_PAGES.add(page.id);
          void navigate({ to: '/pages', search: { record: page.id } });
        },
        onError: complain,
      },
    );
  };
  useShortcut('create', make);
  const button = (
    <Button look="primary" icon={<Plus className="size-3.5" aria-hidden />} onClick={make}>
      {m.page_new()}
    </Button>
  );
  return (
    <>
      <Header title={m.kind_page_many()} actions={button} />
      {data !== undefined && pages.length === 0 && asked === undefined ? (
        <EmptyState
          icon={<FileText className="size-5" aria-hidden />}
          title={m.page_empty()}
          actions={button}
        >
          {m.page_empty_lead()}
        </EmptyState>
      ) : (
        <div className="flex min-h-0 flex-1">
          <div className="w-60 shrink-0 max-[1040px]:w-52 overflow-y-auto border-line border-r bg-canvas">
            <PageList groups={groups} shown={shown} />
          </div>
          <div className="min-w-0 flex-1 overflow-y-auto">
            {shown !== undefined && (
              <PageView
                key={shown}
                id={shown}
                onHistory={() => void navigate({ to: '/record/$id', params: { id: shown }, search: {} })}
              />
            )}
          </div>
        </div>
      )}
    </>
  );
}
