import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useEngineEvents } from './api/events';
import { appQuery } from './api/queries';
import { queryClient } from './api/query-client';
import { Button } from './components/button';
import { EmptyState } from './components/empty-state';
import { Toasts } from './components/toasts';
import { TooltipProvider } from './components/tooltip';
import { chosenLanguage, setLanguage } from './i18n/locale';
import { m } from './paraglide/messages.js';
import { platform } from './platform';
import { router } from './routes';
import { WelcomeScreen } from './screens/welcome';
import { tellWholeWords } from './shell/whole-words';
import { finishBeforeClosing } from './state/closing';
import { failureText } from './state/toasts';

function useSystemDark(): boolean {
  const [query] = useState(() => window.matchMedia('(prefers-color-scheme: dark)'));
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const follow = () => setDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [query]);
  return dark;
}

function Window() {
  useEngineEvents();
  useEffect(tellWholeWords, []);
  useEffect(() => platform.onClosing(finishBeforeClosing), []);
  const { data: app, error, refetch } = useQuery(appQuery());
  const systemDark = useSystemDark();
  const theme = app?.preferences.theme ?? (systemDark ? 'dark' : 'light');
  const language = chosenLanguage(app?.preferences.language, navigator.languages);
  setLanguage(language);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = language;
  }, [theme, language]);

  if (app === undefined) {
    // Nothing for the moment this takes: a spinner would only flash.
    if (error === null) return null;
    return (
      <EmptyState
        title={failureText(error)}
        actions={<Button onClick={() => void refetch()}>{m.action_try_again()}</Button>}
      />
    );
  }
  // Messages are read while rendering: a new key renders everything in the new language.
  return (
    <TooltipProvider delay={500} key={language}>
      {app.workspace === null ? <WelcomeScreen /> : <RouterProvider router={router} key={app.workspace.id} />}
      <Toasts />
    </TooltipProvider>
  );
}

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Window />
    </QueryClientProvider>
  );
}
