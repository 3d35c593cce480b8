import { useQuery } from '@tanstack/react-query';
import { Kanban, Plus, Rows3 } from 'lucide-react';
import { boardQuery } from '@/api/queries';
import { useKind } from '@/api/schema';
import { Board } from '@/board/board';
import { FIRST_CARDS } from '@/board/use-column-rows';
import { Button, IconButton, RoomyLabel } from '@/components/button';
import { kindInSentence } from '@/i18n/labels';
import { useShortcut } from '@/keys/use-shortcut';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { FilterBar } from '@/records/filter-bar';
import { RecordList } from '@/records/record-list';
import { useView } from '@/records/use-view';
import { ViewTabs } from '@/records/view-tabs';
import { Header } from '@/shell/header';
import { useKept } from '@/state/preferences';
import { useWindow } from '@/state/window';

/** Every opportunity, as a board by stage or as a table. */
export function PipelineScreen() {
  const kind = useKind('opportunity');
  const { views, view, changed, onView, onReset } = useView('opportunity');
  const [shape, setShape] = useKept<'board' | 'table'>('pipeline_shape', 'board');
  const create = useWindow((state) => state.create);
  useShortcut('toggle_view', () => setShape(shape === 'board' ? 'table' : 'board'));
  const plain = view.filters.length === 0 && view.text === '';
  const { data: board } = useQuery({
    ...boardQuery({ filters: view.filters, text: view.text === '' ? null : view.text, cards: FIRST_CARDS }),
    enabled: shape === 'board',
  });
  // An empty pipeline teaches in the words of the list's empty state.
  const empty = plain && board?.columns.every((column) => column.count === 0);
  return (
    <WithPanel>
      <Header
        title={m.nav_pipeline()}
        actions={
          <>
            <IconButton
              label={m.action_show_board()}
              shortcut="toggle_view"
              pressed={shape === 'board'}
              icon={<Kanban className="size-4" />}
              onClick={() => setShape('board')}
            />
            <IconButton
              label={m.action_show_table()}
              shortcut="toggle_view"
              pressed={shape === 'table'}
              icon={<Rows3 className="size-4" />}
              onClick={() => setShape('table')}
            />
            <Button
              look="primary"
              icon={<Plus className="size-3.5" aria-hidden />}
              onClick={() => create('opportunity')}
            >
              <RoomyLabel>{m.action_new({ kind: kindInSentence('opportunity') })}</RoomyLabel>
            </Button>
          </>
        }
      >
        <ViewTabs kind="opportunity" views={views} view={view} changed={changed} onReset={onReset} />
      </Header>
      {kind === undefined ? null : shape === 'table' || empty ? (
        <RecordList kind={kind} view={view} onView={onView} />
      ) : (
        <>
          <FilterBar
            kind={kind}
            filters={view.filters}
            text={view.text}
            onFilters={(filters) => onView({ filters })}
            onText={(text) => onView({ text })}
          />
          <Board filters={view.filters} text={view.text} />
        </>
      )}
    </WithPanel>
  );
}
