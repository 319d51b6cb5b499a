import type { EmojiGroup } from "./emoji-group";

export const LIVING: readonly EmojiGroup[] = [
  {
    title: "faces",
    lines: `
😀|grinning face,happy smile|visage souriant,content sourire
😃|smiley,happy open mouth|sourire bouche ouverte,content
😄|laughing eyes,happy|yeux rieurs,content
😁|beaming face,teeth|large sourire,dents
😆|laughing hard,lol|éclat de rire,mdr
😅|nervous laugh,sweat relief|rire gêné,sueur soulagement
🤣|rolling on the floor,lol rofl|mort de rire,mdr ptdr
😂|tears of joy,laugh lol|larmes de joie,rire mdr
🙂|slight smile|léger sourire
🙃|upside-down face,irony|visage à l’envers,ironie
😉|wink|clin d’œil
😊|blush,smile shy|sourire timide,rougir
😇|halo,angel innocent|auréole,ange innocent
🥰|smiling with hearts,love|sourire avec cœurs,amour
😍|heart eyes,love|yeux en cœur,amour
🤩|star-struck,wow|yeux étoilés,émerveillé
😘|blowing a kiss,love|envoyer un baiser,bisou
😋|yummy,tongue delicious|miam,délicieux langue
😛|tongue out|tirer la langue
😜|winking tongue,joke|langue et clin d’œil,blague
🤪|zany,crazy|loufoque,fou
🤗|hug,embrace|câlin,bras
🤭|oops,giggle hand over mouth|oups,main sur la bouche
🤫|shush,quiet secret|chut,silence secret
🤔|thinking,hmm|réflexion,hum penser
🫡|salute,yes sir|salut militaire,à vos ordres
🤐|zipper mouth,secret|bouche cousue,secret
🤨|raised eyebrow,doubt|sourcil levé,doute
😐|neutral face|visage neutre
😑|expressionless|sans expression
😶|no mouth,silent|sans bouche,muet
😏|smirk|sourire en coin
😒|unamused|pas amusé
🙄|rolling eyes|yeux au ciel
😬|grimace,awkward|grimace,gêne
😌|relieved,calm|soulagé,calme
😔|pensive,sad|pensif,triste
😴|sleeping,tired|endormi,fatigué
😷|mask,sick|masque,malade
🤒|fever,sick|fièvre,malade
🤕|bandage,hurt|bandage,blessé
🤢|nausea,sick|nausée,malade
🤧|sneeze,cold|éternuement,rhume
🥵|hot,heat|chaud,chaleur
🥶|cold,freezing|froid,gelé
😵|dizzy|étourdi
🤯|mind blown,explode|tête qui explose,époustouflé
🥳|party face,celebrate birthday|visage de fête,anniversaire
😎|sunglasses,cool|lunettes de soleil,cool
🤓|nerd,glasses|intello,lunettes
🧐|monocle,inspect|monocle,inspecter
😕|confused|confus
😟|worried|inquiet
🙁|slight frown,sad|léger froncement,triste
☹️|frown,sad|mécontent,triste
😮|open mouth,wow surprised|bouche ouverte,oh surpris
😲|astonished,wow|stupéfait
😳|flushed,embarrassed|rouge de honte,gêné
🥺|pleading,please|suppliant,s’il vous plaît
😨|fearful,scared|effrayé,peur
😰|anxious,sweat|anxieux,sueur
😢|crying,sad tear|pleurs,triste larme
😭|sobbing,cry|sanglots,pleurer
😱|scream,horror|cri d’horreur,peur
😞|disappointed,sad|déçu,triste
😓|downcast,sweat|abattu,sueur
😩|weary,tired|las,fatigué
😫|exhausted,tired|épuisé,fatigué
🥱|yawn,bored|bâillement,ennui
😤|huffing,triumph|souffler,agacé
😡|angry,mad red|en colère,rouge
🤬|swearing,curse|jurons,colère
😈|grinning devil|diable souriant
💀|skull,dead|crâne,mort
💩|pile of poo|crotte
🤡|clown|clown
👻|ghost|fantôme
👽|alien|extraterrestre
🤖|robot,bot|robot
`,
  },
  {
    title: "people",
    lines: `
👍|thumbs up,yes ok like agree|pouce en l’air,oui d’accord
👎|thumbs down,no dislike|pouce en bas,non
👌|ok hand,perfect|main ok,parfait
🤌|pinched fingers|doigts pincés
✌️|victory,peace|victoire,paix
🤞|fingers crossed,luck|doigts croisés,chance
🤟|love-you gesture|signe je t’aime
🤘|rock on,horns|cornes,rock
👈|pointing left|doigt vers la gauche
👉|pointing right|doigt vers la droite
👆|pointing up|doigt vers le haut
👇|pointing down|doigt vers le bas
☝️|index up,one|index levé,un
✋|raised hand,stop high five|main levée,stop
👋|waving hand,hello bye hi|signe de la main,bonjour salut
🤚|back of hand|dos de la main
🖖|vulcan salute|salut vulcain
👏|clapping,applause bravo|applaudissements,bravo
🙌|raised hands,hooray|mains levées,hourra
🫶|heart hands,love|mains en cœur,amour
👐|open hands|mains ouvertes
🤝|handshake,deal agree|poignée de main,accord
🙏|folded hands,thanks please pray|mains jointes,merci s’il vous plaît
✍️|writing hand|main qui écrit
💪|flexed arm,strong|biceps,fort
🧠|brain|cerveau
👀|eyes,look|yeux,regarder
👁️|eye|œil
👂|ear,listen|oreille,écouter
🙈|see no evil,monkey|singe aveugle,ne rien voir
🙉|hear no evil,monkey|singe sourd,ne rien entendre
🙊|speak no evil,monkey|singe muet,ne rien dire
👶|baby|bébé
🧑|person|personne
👩|woman|femme
👨|man|homme
🧓|older person|personne âgée
🙋|raising hand,me question|main levée personne,moi question
🤷|shrug,dunno|haussement d’épaules,je ne sais pas
🤦|facepalm|main sur le visage
🙅|no gesture|geste de refus,non
🙆|ok gesture|geste d’accord,oui
💁|information desk|tenir un plateau,information
🧑‍💻|technologist,developer computer|informaticien,développeur ordinateur
🧑‍🔧|mechanic|mécanicien
🧑‍🏫|teacher|enseignant
🧑‍⚕️|health worker,doctor|soignant,médecin
🕵️|detective|détective
🧑‍🚀|astronaut|astronaute
🦸|superhero|super-héros
🏃|running|course à pied,courir
🚶|walking|marche,marcher
💃|dancing|danse,danser
🧘|meditation,yoga|méditation,yoga
👥|people,group|silhouettes,groupe
`,
  },
  {
    title: "nature",
    lines: `
🐶|dog|chien
🐱|cat|chat
🐭|mouse|souris
🐰|rabbit|lapin
🦊|fox|renard
🐻|bear|ours
🐼|panda|panda
🐨|koala|koala
🦁|lion|lion
🐮|cow|vache
🐷|pig|cochon
🐸|frog|grenouille
🐔|chicken|poule
🐧|penguin|manchot,pingouin
🐦|bird|oiseau
🦆|duck|canard
🦉|owl|hibou,chouette
🐺|wolf|loup
🦄|unicorn|licorne
🐝|bee|abeille
🐛|bug,insect|chenille,insecte bogue
🦋|butterfly|papillon
🐌|snail,slow|escargot,lent
🐞|ladybird|coccinelle
🐢|turtle,slow|tortue,lent
🐍|snake,python|serpent
🐙|octopus|pieuvre
🐬|dolphin|dauphin
🐳|whale|baleine
🐟|fish|poisson
🦈|shark|requin
🐘|elephant|éléphant
🦒|giraffe|girafe
🐎|horse|cheval
🐑|sheep|mouton
🦔|hedgehog|hérisson
🌵|cactus|cactus
🎄|christmas tree|sapin de Noël
🌲|evergreen tree|conifère,arbre
🌳|tree|arbre
🌱|seedling,grow|pousse,grandir
🍀|four-leaf clover,luck|trèfle à quatre feuilles,chance
🍁|maple leaf,autumn|feuille d’érable,automne
🍂|fallen leaves,autumn|feuilles mortes,automne
🌸|cherry blossom,flower|fleur de cerisier
🌹|rose,flower|rose,fleur
🌻|sunflower|tournesol
💐|bouquet,flowers|bouquet,fleurs
🌍|earth,world|Terre,monde
🌙|moon,night|lune,nuit
⭐|star|étoile
🌟|glowing star|étoile brillante
☀️|sun,sunny|soleil
⛅|sun behind cloud|soleil et nuage
☁️|cloud|nuage
🌧️|rain|pluie
⛈️|thunderstorm|orage
❄️|snowflake,cold|flocon de neige,froid
⛄|snowman|bonhomme de neige
🌈|rainbow|arc-en-ciel
🔥|fire,hot lit|feu,flamme
💧|drop,water|goutte,eau
🌊|wave,sea|vague,mer
`,
  },
];
