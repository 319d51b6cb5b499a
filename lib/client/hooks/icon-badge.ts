const SIZE = 64;
/** More does not fit. */
const MOST = 99;

let turn = 0;

/** The icon of the tab, and of the installed app where there is one, with a count; 0 takes it away. */
export async function showIconBadge(count: number): Promise<void> {
  turn += 1;
  const mine = turn;
  // Where there is no such thing, or not for this page. The tab does not wait for the app.
  (count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.())?.catch(() => undefined);
  const drawn = count > 0 ? await draw(count) : null;
  // A picture takes a while to fetch: a later count may have been shown meanwhile.
  if (mine !== turn) return;
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="icon"]')) {
    link.dataset.plain ??= link.getAttribute("href") ?? "";
    link.href = drawn ?? link.dataset.plain;
  }
}

/**
 * Not by `decode()`: browsers do that as they draw the page, so a page in the background waits for it, and it may be refused.
 * @returns null where it cannot be fetched
 */
function fetchPicture(): Promise<HTMLImageElement | null> {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => resolve(null);
    image.src = "/icons/icon-192.png";
  });
}

/** @returns an address of the picture; null where it cannot be drawn */
async function draw(count: number): Promise<string | null> {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext("2d");
  if (!context) return null;
  const picture = await fetchPicture();
  // Without it the count is still there.
  if (picture) context.drawImage(picture, 0, 0, SIZE, SIZE);
  const text = count > MOST ? `${MOST}+` : String(count);
  const height = 40;
  const width = Math.max(height, 16 + text.length * 18);
  const pill = (margin: number): void => {
    context.beginPath();
    context.roundRect(
      SIZE - width - margin,
      SIZE - height - margin,
      width + 2 * margin,
      height + 2 * margin,
      height / 2 + margin,
    );
    context.fill();
  };
  // A gap around it that is as light or dark as what the browser draws behind.
  context.globalCompositeOperation = "destination-out";
  pill(5);
  context.globalCompositeOperation = "source-over";
  context.fillStyle = "#b3261e";
  pill(0);
  context.fillStyle = "#ffffff";
  context.font = "bold 32px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, SIZE - width / 2, SIZE - height / 2 + 2, width - 8);
  return canvas.toDataURL("image/png");
}
