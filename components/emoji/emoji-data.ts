/** The emoji of a group, in the order in which they are shown. */
export interface EmojiGroup {
  readonly title: "faces" | "people" | "nature" | "food" | "travel" | "activities" | "objects" | "symbols";
  /** One a line: the emoji, its name in English, its name in French; after a comma other words it is found by. */
  readonly lines: string;
}

/** What people of a team use, not all there are: anything else can be typed with the system's own keyboard. */
export const EMOJI_GROUPS: readonly EmojiGroup[] = [
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
  {
    title: "food",
    lines: `
🍏|green apple|pomme verte
🍎|red apple|pomme rouge
🍐|pear|poire
🍊|orange|orange,mandarine
🍋|lemon|citron
🍌|banana|banane
🍉|watermelon|pastèque
🍇|grapes|raisin
🍓|strawberry|fraise
🍒|cherries|cerises
🍑|peach|pêche
🥭|mango|mangue
🍍|pineapple|ananas
🥑|avocado|avocat
🍅|tomato|tomate
🥕|carrot|carotte
🌶️|chili,hot|piment
🥐|croissant|croissant
🥖|baguette,bread|baguette,pain
🍞|bread|pain
🧀|cheese|fromage
🥚|egg|œuf
🍳|cooking,fried egg|cuisine,œuf au plat
🥞|pancakes|crêpes
🍔|hamburger|hamburger
🍟|french fries|frites
🍕|pizza|pizza
🌮|taco|taco
🥗|salad|salade
🍝|spaghetti,pasta|spaghettis,pâtes
🍜|noodles,soup|nouilles,soupe
🍣|sushi|sushi
🍦|ice cream|glace
🍩|doughnut|beignet
🍪|cookie|biscuit
🎂|birthday cake|gâteau d’anniversaire
🍰|cake|part de gâteau
🍫|chocolate|chocolat
🍿|popcorn|pop-corn
☕|coffee,hot drink|café,boisson chaude
🍵|tea|thé
🍺|beer|bière
🍻|clinking beers,cheers|bières qui trinquent,santé
🥂|clinking glasses,cheers|coupes qui trinquent,santé
🍷|wine|vin
🍾|champagne,bottle|champagne,bouteille
🍽️|plate and cutlery,lunch dinner|assiette et couverts,déjeuner repas
`,
  },
  {
    title: "travel",
    lines: `
🚗|car|voiture
🚕|taxi|taxi
🚌|bus|bus
🚲|bicycle,bike|vélo
🛵|scooter|scooter
🚂|train,locomotive|train,locomotive
🚇|metro|métro
✈️|plane,flight|avion,vol
🚀|rocket,ship launch|fusée,lancement
🛸|flying saucer|soucoupe volante
⛵|sailing boat|voilier
🚢|ship|bateau
🚑|ambulance|ambulance
🚒|fire engine|camion de pompiers
🚧|construction,work in progress|travaux,chantier
🚦|traffic light|feu tricolore
🗺️|map|carte
🏠|house,home|maison
🏢|office building|immeuble de bureaux
🏥|hospital|hôpital
🏫|school|école
🏭|factory|usine
🏰|castle|château
🗼|tower|tour
⛺|tent,camping|tente,camping
🏖️|beach,holiday|plage,vacances
🏔️|mountain|montagne
🌅|sunrise,morning|lever de soleil,matin
🌃|night city|nuit étoilée,ville
`,
  },
  {
    title: "activities",
    lines: `
🎉|party popper,congratulations tada|confettis,félicitations fête
🎊|confetti ball|boule de confettis,fête
🎈|balloon|ballon de baudruche
🎁|gift,present|cadeau
🏆|trophy,win|trophée,gagner
🥇|gold medal,first|médaille d’or,premier
🥈|silver medal,second|médaille d’argent,deuxième
🥉|bronze medal,third|médaille de bronze,troisième
🏅|medal|médaille
⚽|football,soccer|football
🏀|basketball|basket-ball
🏈|american football|football américain
🎾|tennis|tennis
🏐|volleyball|volley-ball
🏉|rugby|rugby
🎱|billiards|billard
🏓|table tennis|tennis de table
🏸|badminton|badminton
🥊|boxing|boxe
🎿|skis|skis
🏄|surfing|surf
🏊|swimming|natation
🚴|cycling|cyclisme
🎮|video game|jeu vidéo
🎲|die,dice game|dé,jeu
♟️|chess|échecs
🧩|jigsaw,puzzle|puzzle
🎯|bullseye,target|cible,dans le mille
🎨|palette,art paint|palette,art peinture
🎬|clapper,film|clap,film
🎤|microphone,sing|micro,chanter
🎧|headphones|casque,écouteurs
🎵|music note|note de musique
🎸|guitar|guitare
🎹|piano|piano
🎭|theatre,masks|théâtre,masques
🎟️|ticket|billet
`,
  },
  {
    title: "objects",
    lines: `
⌚|watch,time|montre,heure
📱|mobile phone|téléphone portable
💻|laptop,computer|ordinateur portable
⌨️|keyboard|clavier
🖥️|desktop computer|ordinateur de bureau
🖨️|printer|imprimante
💾|floppy disk,save|disquette,enregistrer
📷|camera,photo|appareil photo
🎥|film camera,video|caméra,vidéo
📺|television|télévision
☎️|telephone,call|téléphone,appel
🔋|battery|batterie
🔌|plug,power|prise,courant
💡|light bulb,idea|ampoule,idée
🔦|torch|lampe de poche
🕯️|candle|bougie
💰|money bag|sac d’argent
💳|credit card|carte bancaire
⚖️|scales,law|balance,loi
🔧|wrench,fix tool|clé à molette,réparer outil
🔨|hammer,build|marteau,construire
🛠️|tools|outils
⚙️|gear,settings|engrenage,réglages
🧪|test tube,test|tube à essai,test
🔬|microscope|microscope
💊|pill,medicine|pilule,médicament
🚪|door|porte
🛏️|bed,sleep|lit,dormir
🧹|broom,clean|balai,nettoyer
🗑️|bin,trash|corbeille,poubelle
🔑|key|clé
🔒|lock,closed private|cadenas fermé,privé
🔓|unlock,open|cadenas ouvert
📦|package,box|colis,paquet
✉️|envelope,mail|enveloppe,courrier
📧|e-mail|courriel
📝|memo,note|mémo,note
📄|page,document|page,document
📋|clipboard,list|presse-papiers,liste
📌|pushpin,pin|punaise,épingler
📎|paperclip,attachment|trombone,pièce jointe
📊|bar chart,poll|diagramme en barres,sondage
📈|chart up,growth|courbe en hausse,croissance
📉|chart down|courbe en baisse
📅|calendar,date|calendrier,date
📁|folder|dossier
📚|books,read|livres,lire
🔖|bookmark|marque-page
✂️|scissors,cut|ciseaux,couper
✏️|pencil,write|crayon,écrire
🔍|magnifier,search|loupe,chercher
🔔|bell,notify|cloche,notification
🔕|bell off,mute|cloche barrée,silence
📣|megaphone,announce|mégaphone,annonce
⏰|alarm clock,time|réveil,heure
⏳|hourglass,wait|sablier,attendre
👓|glasses|lunettes
👑|crown,king|couronne,roi
💍|ring,wedding|bague,mariage
💎|gem,diamond|diamant
`,
  },
  {
    title: "symbols",
    lines: `
❤️|red heart,love|cœur rouge,amour
🧡|orange heart,love|cœur orange,amour
💛|yellow heart,love|cœur jaune,amour
💚|green heart,love|cœur vert,amour
💙|blue heart,love|cœur bleu,amour
💜|purple heart,love|cœur violet,amour
🖤|black heart|cœur noir
🤍|white heart|cœur blanc
💔|broken heart|cœur brisé
💕|two hearts,love|deux cœurs,amour
💯|hundred points,perfect|cent points,parfait
✨|sparkles,new|étincelles,nouveau
💥|collision,boom|explosion,boum
💫|dizzy star|étoile filante
💤|zzz,sleep|zzz,dormir
💬|speech bubble,comment|bulle,commentaire
💭|thought bubble|bulle de pensée
✅|check mark,done yes|coche,fait oui
☑️|ticked box,done|case cochée,fait
❌|cross mark,no wrong|croix,non faux
❎|cross button|bouton croix
❓|question mark|point d’interrogation
❗|exclamation mark|point d’exclamation
⚠️|warning|attention,avertissement
⛔|no entry,stop|sens interdit,stop
🚫|prohibited,no|interdit,non
🛑|stop sign|panneau stop
♻️|recycling|recyclage
➕|plus,add|plus,ajouter
➖|minus|moins
➡️|right arrow|flèche vers la droite
⬅️|left arrow|flèche vers la gauche
⬆️|up arrow|flèche vers le haut
⬇️|down arrow|flèche vers le bas
🔁|repeat|répéter
🔄|refresh,reload|actualiser,recharger
▶️|play|lecture
⏸️|pause|pause
⏹️|stop button|bouton arrêt
🆗|ok button|bouton ok
🆕|new button|bouton nouveau
🆘|sos,help|sos,aide
1️⃣|one|un
2️⃣|two|deux
3️⃣|three|trois
4️⃣|four|quatre
5️⃣|five|cinq
🔴|red circle|rond rouge
🟠|orange circle|rond orange
🟡|yellow circle|rond jaune
🟢|green circle|rond vert
🔵|blue circle|rond bleu
🟣|purple circle|rond violet
⚫|black circle|rond noir
⚪|white circle|rond blanc
🏁|chequered flag,finish|drapeau à damier,arrivée
🚩|red flag|drapeau rouge
🏳️‍🌈|rainbow flag,pride|drapeau arc-en-ciel,fierté
🇪🇺|flag of Europe|drapeau européen
🇫🇷|flag of France|drapeau français
🇬🇧|flag of the United Kingdom|drapeau britannique
🇩🇪|flag of Germany|drapeau allemand
🇪🇸|flag of Spain|drapeau espagnol
🇮🇹|flag of Italy|drapeau italien
🇧🇪|flag of Belgium|drapeau belge
🇨🇭|flag of Switzerland|drapeau suisse
🇨🇦|flag of Canada|drapeau canadien
🇺🇸|flag of the United States|drapeau américain
`,
  },
];
