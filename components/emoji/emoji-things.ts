import type { EmojiGroup } from "./emoji-group";

export const THINGS: readonly EmojiGroup[] = [
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
