/** The localStorage key of the theme; absent means the system's. */
export const THEME_KEY = "theme";

/** Runs in the page's head before the first paint, so that no page flashes in the wrong theme. */
export const THEME_SCRIPT = `try{const t=localStorage.getItem("${THEME_KEY}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;
