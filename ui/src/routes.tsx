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

/** What any address may carry, each a text. */
interface Search {
  /** The record open beside the list. */
  record?: string;
  /** The saved view or tab that is shown. */
  view?: string;
  /** Whose day is shown. */
  member?: string;
  /** The rule that stands open. */
  rule?: string;
  /** The number whose records are shown, its first and last day, and the past day it is seen from. */
  number?: string;
  from?: string;
  to?: string;
  as_of?: string;
}

const CARRIED = [
  'record',
  'view',
  'member',
  'rule',
  'number',
  'from',
  'to',
  'as_of',
] as const satisfies (keyof Search)[];

const root = createRootRoute({
  component: AppShell,
  validateSearch: (search: Record<string, unknown>): Search => {
    const texts = CARRIED.filter((name) => typeof search[name] === 'string');
    return Object.fromEntries(texts.map((name) => [name, search[name]])) as Search;
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
  screen('/brief/$id', BriefScreen),
  screen('/forgotten', ForgottenScreen),
  screen('/numbers', NumbersScreen),
  screen('/number', NumberScreen),
  screen('/feedback', FeedbackScreen),
  screen('/rules', RulesScreen),
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
