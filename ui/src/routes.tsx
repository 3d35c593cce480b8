import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router';
import { BrokenScreen, MissingScreen } from './screens/broken';
import { ConflictsScreen } from './screens/conflicts';
import { HistoryScreen } from './screens/history';
import { ListScreen } from './screens/list';
import { PagesScreen } from './screens/pages';
import { PipelineScreen } from './screens/pipeline';
import { RecordScreen } from './screens/record';
import { SettingsScreen } from './screens/settings';
import { AppShell } from './shell/app-shell';

/** What any address may carry: the record open beside the list, and the saved view that is shown. */
interface Search {
  record?: string;
  view?: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

const root = createRootRoute({
  component: AppShell,
  validateSearch: (search: Record<string, unknown>): Search => {
    const [record, view] = [text(search.record), text(search.view)];
    return { ...(record === undefined ? {} : { record }), ...(view === undefined ? {} : { view }) };
  },
});

const screen = <P extends string>(path: P, component: RouteComponent) =>
  createRoute({ getParentRoute: () => root, path, component });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/pipeline' });
  },
});

/** A screen is a file under `screens/` and a line here. */
const routes = root.addChildren([
  start,
  screen('/pipeline', PipelineScreen),
  screen('/list/$kind', ListScreen),
  screen('/record/$id', RecordScreen),
  screen('/pages', PagesScreen),
  screen('/history', HistoryScreen),
  screen('/conflicts', ConflictsScreen),
  screen('/settings', SettingsScreen),
]);

// The address is behind `#`, so that the desktop's scheme and any plain web server serve it alike.
export const router = createRouter({
  routeTree: routes,
  history: createHashHistory(),
  defaultPreload: false,
  defaultErrorComponent: BrokenScreen,
  defaultNotFoundComponent: MissingScreen,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
