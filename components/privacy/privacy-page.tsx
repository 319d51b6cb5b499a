import type { ReactElement, ReactNode } from "react";
import { PreferencesBar } from "@/components/preferences/preferences-bar";
import { Wordmark } from "@/components/ui/mark";

/** A name and what is to be said about it. */
type Item = readonly string[];

export interface PrivacyPageTexts {
  readonly title: string;
  readonly intro: readonly string[];
  readonly labels: { readonly where: string; readonly kept: string; readonly seen: string };
  readonly stored: { readonly title: string; readonly rows: readonly Item[] };
  readonly who: { readonly title: string; readonly items: readonly Item[] };
  readonly cookies: {
    readonly title: string;
    readonly intro: string;
    readonly rows: readonly Item[];
    readonly labels: { readonly purpose: string; readonly kept: string };
  };
  readonly rights: { readonly title: string; readonly items: readonly Item[] };
  readonly deletion: { readonly title: string; readonly items: readonly Item[] };
  readonly back: string;
}

/** What the server stores of people, for whoever wants to know before or after they have an account. */
export function PrivacyPage({ texts }: { texts: PrivacyPageTexts }): ReactElement {
  const { labels, stored, who, cookies, rights, deletion } = texts;
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-3xl flex-col px-5 py-8 sm:px-10">
      <header className="flex items-center justify-between gap-4 print:hidden">
        <Wordmark />
        <a
          href="/"
          className="target inline-flex items-center font-medium text-accent underline underline-offset-3"
        >
          {texts.back}
        </a>
      </header>
      <main className="flex flex-col gap-10 py-10">
        <div className="flex flex-col gap-3">
          <h1 className="font-serif text-3xl">{texts.title}</h1>
          {texts.intro.map((text) => (
            <p key={text} className="text-pretty text-soft">
              {text}
            </p>
          ))}
        </div>
        <Chapter title={stored.title}>
          {stored.rows.map(([name = "", ...facts]) => (
            <Fact key={name} name={name} labels={[labels.where, labels.kept, labels.seen]} facts={facts} />
          ))}
        </Chapter>
        <Chapter title={who.title}>
          <Points items={who.items} />
        </Chapter>
        <Chapter title={cookies.title} intro={cookies.intro}>
          {cookies.rows.map(([name = "", ...facts]) => (
            <Fact
              key={name}
              name={<code className="wrap-anywhere font-mono text-sm">{name}</code>}
              labels={[cookies.labels.purpose, cookies.labels.kept]}
              facts={facts}
            />
          ))}
        </Chapter>
        <Chapter title={rights.title}>
          <Points items={rights.items} />
        </Chapter>
        <Chapter title={deletion.title}>
          <Points items={deletion.items} />
        </Chapter>
      </main>
      <PreferencesBar />
    </div>
  );
}

function Chapter(props: { title: string; intro?: string; children: ReactNode }): ReactElement {
  return (
    <section className="flex flex-col gap-4">
      <h2 className="font-serif text-2xl">{props.title}</h2>
      {props.intro && <p className="text-pretty text-soft">{props.intro}</p>}
      {props.children}
    </section>
  );
}

/** One kind of data with what is to be known about it, side by side where there is room. */
function Fact(props: { name: ReactNode; labels: readonly string[]; facts: readonly string[] }): ReactElement {
  return (
    <div className="flex flex-col gap-2 border-line border-t pt-4">
      <h3 className="font-semibold">{props.name}</h3>
      <dl className="flex flex-col gap-x-6 gap-y-2 sm:flex-row">
        {props.facts.map((fact, i) => (
          <div key={props.labels[i]} className="sm:flex-1">
            <dt className="text-faint text-xs">{props.labels[i]}</dt>
            <dd className="text-pretty text-sm">{fact}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Points({ items }: { items: readonly Item[] }): ReactElement {
  return (
    <dl className="flex flex-col gap-4">
      {items.map(([name, text]) => (
        <div key={name} className="border-line border-t pt-4">
          <dt className="font-semibold">{name}</dt>
          <dd className="text-pretty">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
