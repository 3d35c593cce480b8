import { useEffect } from 'react';

/** While the component is there, paper is white: printing shows the light theme, whichever is chosen. */
export function usePrint(): () => void {
  useEffect(() => {
    const root = document.documentElement;
    let chosen: string | undefined;
    const before = () => {
      chosen = root.dataset.theme;
      root.dataset.theme = 'light';
    };
    const after = () => {
      if (chosen !== undefined) root.dataset.theme = chosen;
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return () => window.print();
}
