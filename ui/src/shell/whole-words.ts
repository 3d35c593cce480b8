/** What is shown only in part says the whole under the pointer. One listener instead of a title at every place. */
export function tellWholeWords(): () => void {
  const told = new WeakSet<HTMLElement>();
  const onOver = ({ target }: PointerEvent) => {
    const element =
      target instanceof HTMLElement ? target.closest<HTMLElement>('.truncate, .line-clamp-4') : null;
    if (element === null || (element.title !== '' && !told.has(element))) return;
    const isCut =
      element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1;
    if (isCut) {
      told.add(element);
      element.title = element.textContent ?? '';
    } else if (told.has(element)) element.removeAttribute('title');
  };
  document.addEventListener('pointerover', onOver);
  return () => document.removeEventListener('pointerover', onOver);
}
