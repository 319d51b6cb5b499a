import { usage } from "../failure.ts";
import { type Command, GLOBAL_OPTIONS, type OptionSpec } from "./command.ts";

/** The command that writes what makes a shell complete the others. */
export function completionOf(commands: () => readonly Command[]): Command {
  return {
    name: "completion",
    summary: "print a script that lets bash or zsh complete commands and options",
    synopsis: "<bash | zsh>",
    args: [1, 1],
    description: ["Put the line of the example into ~/.bashrc or ~/.zshrc."],
    options: [],
    examples: ["source <(sceau completion bash)", "source <(sceau completion zsh)"],
    async run({ args, out }) {
      const [shell] = args;
      if (shell !== "bash" && shell !== "zsh") throw usage("Completion is for bash and zsh.");
      const script = shell === "bash" ? bash(commands()) : zsh(commands());
      await out.result({ shell, script }, script);
    },
  };
}

function words(commands: readonly Command[]): { first: string[]; second: Map<string, string[]> } {
  const second = new Map<string, string[]>();
  for (const { name } of commands) {
    const [group = "", word] = name.split(" ");
    if (word) second.set(group, [...(second.get(group) ?? []), word]);
  }
  const first = [...new Set(commands.map(({ name }) => name.split(" ")[0] ?? ""))];
  return { first: [...first, "help"], second };
}

const flagsOf = (options: readonly OptionSpec[]) => options.map(({ name }) => `--${name}`).join(" ");

/** Of some options the choices are offered; other values are left to the shell, which completes files and quotes them. */
function bash(commands: readonly Command[]): string {
  const { first, second } = words(commands);
  const all = [...GLOBAL_OPTIONS, ...commands.flatMap(({ options }) => options)];
  const chosen = all.filter(({ choices }) => choices);
  const values = named(all, ({ value }) => value !== undefined);
  return `# bash completion for sceau
_sceau() {
  local cur prev command="" word index skip=0
  cur=\${COMP_WORDS[COMP_CWORD]}
  prev=\${COMP_WORDS[COMP_CWORD-1]}
  # --since=all is three words to bash.
  if [[ $cur == = ]]; then cur=""; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  COMPREPLY=()
  case $prev in
${chosen.map(({ name, choices }) => `    --${name}) COMPREPLY=($(compgen -W "${choices?.join(" ")}" -- "$cur")); return ;;`).join("\n")}
    ${values.join("|")}) return ;;
  esac
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ $word == = ]]; then skip=1; continue; fi
    if ((skip)); then skip=0; continue; fi
    case $word in
      ${values.join("|")}) skip=1 ;;
      -*) ;;
      *) case $command in
          "") command=$word ;;
          help|${[...second.keys()].join("|")}) command="$command $word" ;;
        esac ;;
    esac
  done
  case $command in
    "") COMPREPLY=($(compgen -W "${first.join(" ")} ${flagsOf(GLOBAL_OPTIONS)}" -- "$cur")) ;;
${[...second].map(([group, names]) => `    ${group}|"help ${group}") COMPREPLY=($(compgen -W "${names.join(" ")}" -- "$cur")) ;;`).join("\n")}
    help) COMPREPLY=($(compgen -W "${first.join(" ")}" -- "$cur")) ;;
    completion) COMPREPLY=($(compgen -W "bash zsh" -- "$cur")) ;;
${commands
  .filter(({ name }) => name !== "completion")
  .map(
    ({ name, options }) =>
      `    "${name}") COMPREPLY=($(compgen -W "${flagsOf([...options, ...GLOBAL_OPTIONS])}" -- "$cur")) ;;`,
  )
  .join("\n")}
  esac
}
complete -o default -F _sceau sceau`;
}

/** zsh runs bash's. */
function zsh(commands: readonly Command[]): string {
  return `# zsh completion for sceau
autoload -U +X compinit && compinit -u
autoload -U +X bashcompinit && bashcompinit
${bash(commands)}`;
}

function named(options: readonly OptionSpec[], test: (option: OptionSpec) => boolean): string[] {
  return [...new Set(options.filter(test).map(({ name }) => `--${name}`))];
}
