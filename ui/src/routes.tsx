import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router';
import { BriefScreen } from './screens/brief';
import { BrokenScreen, MissingScreen } from './screens/broken';
import { ConflictsScreen } from './screens/conflicts';
import { FeedbackScreen } from './screens/feedback';
import { ForgottenScreen } from './screens/forgotten';
import { HistoryScreen } from './screens/history';
import { ListScreen } from './screens/list';
import { NumberScreen } from './screens/number';
import { NumbersScreen } from './screens/numbers';
import { PagesScreen } from './screens/pages';
import { PipelineScreen } from './screens/pipeline';
import { RecordScreen } from './screens/record';
import { RulesScreen } from './screens/rules';
import { SettingsScreen } from './screens/settings';
import { TodayScreen } from './screens/today';
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
    throw redirect({ to: '/today' });
  },
});

/** A screen is a file under `screens/` and a line here. */
const routes = root.addChildren([
  start,
  screen('/today', TodayScreen),
  screen('/pipeline', PipelineScreen),
  screen('/forgotten', ForgottenScreen),
  screen('/numbers', NumbersScreen),
  screen('/number', NumberScreen),
  screen('/feedback', FeedbackScreen),
  screen('/rules', RulesScreen),
  screen('/brief/$id', BriefScreen),
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
