/**
 * Real words that lie one slip from a word we listen for, and mean something else: they are taken as they stand
 * and never read as a mistake. Found by laying the flags' words beside a Dutch word list; add to it when a false
 * alarm shows another.
 */
const REAL: ReadonlySet<string> = new Set(
  `
aandien aantal aanvul aanzoet aarden achten achterin acteren actien actor adder adelen aderen afatisch
afgezant aftak afvaller afweeg ageer ageren agger agiteren akker alant aldaar aleer alsem altaar alter
alwaar alweder alweter anderen angisa anker apend apert appen append asemmer asepsis asociaal assem asset
aster attaca azend babbel backen backer badder baddert badeend bader bagel bajes baken baker bakken bakker
bakste balen ballast ballen banen banken bannen baren barette barrage barrelen baseer basend baseren bases
basis basset baten battelen batten battend bauwen bazelen beaten beater bebaard bebouwd bedaard bedauwd
bedden bediener bedrukt bedrupt beduusd beffen begaan begeerd begiet begild beging beginne begrepen behaard
behalen behoud behouwt beiaard beidde beidden beiden beien beitel beitsen bejaagd bejegen bekeer bekennen
bekken beklant beklapt bekleed beknepen bekort bekrabd bekrabt belaad belagen belang belangd belangt belast
beleden beleefd beleen beleerd beleert beleg belegen beleggen belendt belet belezen belicht beller belopen
bemalen bemaling bemand bemind benamen benard benend benepen bennen benoemen benomen benut bepakt bepalen
bepaling beplant beppen berecht bereden beregeld beregen bereid berekend beren beringd beroerd beroerde
beroerds beroken berokken berouwd berover berrie bersten berucht berust beschikt beslaan beslaat beslagen
beslikt besmeerd besneden bespaard bespoten bespuugd bespuwd bestand beste besteek besten bestier bestman
bestoken bestraat betalen betaling betekend beteren beticht betten beuken beulen bevalen bevallig bevaren
bevatten beveel bevelen beven bevind bevitten bevlekt bevoel bevoeld bevolen bevonden bewaard beween beweer
bewees beweger bewenen beweren bewerkt bewezen bewind bewogen bewoon bezakt bezand bezemen bezeten bezetten
bezien bezitten bezond bezweek bezweer biccen biddag bidden biepen bietsen biezen biggen biken biker bikken
bikker biksteen bilan binden binder bingen bissen bister blaadjes blaat bladder blader blaffen blak blaken
blase blaten blauwen blazen bleken blekken blende bleren bleven blieven blikken blinden blinker bloc block
blockt bloeden bloeder bloedig bloei bloem bloes blokdruk blokeend blond blonde bloot bloten blotte blotten
blouse blouwel blurren bobbelen bobben boden boeten boffen bogen bokken bollen bomen bommen bonden bonder
bonker bonket bonnen boorden booste booten boren borgen bossen bostel botel boten boter boteren botsen
bottel bouche bouwen bouwer bovenlig bowler bozen braad bracht braden braker brakken brallen bramen brander
brandy brassen breaken breed breiden breien brein breipen breken brillen brobbel broche brodde brode broed
broes broge brokken brontaal brossen browse brozen bruid bubbel bubbelen bufen buffer buien buiger builen
buitel buizen bulken bussen buurmaan buurmand buurtje buzzen cache cachen cachet callen calling camee camel
cameo cammen cancan canopen cantor casseer casseren cast cateren cattery celen cellen charade charge
chartaal chasseur chatter checken checkend cheider chemisme chester chillen chinezen chippen classen clave
clients clinch clippen clipper coffee college collie complet condens cost couche coupen crack cracken
cracker crashen creche crises croppen crossen crossing crunchen crypt cunet cuppen daaraan daarom daarvoor
dachten dader dagge daggen dalang dalen dallen dammen dampen danken danser dateren dauwen decent deftig
degen deinen deken dekken dekker delen deler delver demand denier denker derrie deuken dichten diepen
diepend dieren diggen dikken dikkerd dillen dimmer diner dinges dippen dissen dobbel dobberen doceren
dochten doekoe doelen doetje dogger dokker dokkeren dokter dokteren dolen doleren dollen dommerd donder
doneer doner doneren dongen donkeren donkerte doodgaat doodt doodwens dooreen doorgoed doorkom dorsten
doseren dotaal doteren dotter douchen douwen dozeren draad draaier dracht dragee dragend drager dragon
dralen drammen draven dreggen dreigen drenken drenkt dreumel driegen drillen dringen drinker drinkkan drogen
drongen dropping drozen drukker drukring drummen druppen dubbelen dubben duchten duffel duiker dunken dunnen
duster duvel dwingen ebben eender eentje eerlang eerrover eesten eeuwigen effen effenen effening eggen
eieren eiken eiker eiland einden einder eisen eiser eland elfde elpen emmeren enteren ereboog eregeld erken
erkend ervoer eter etheen ether extrema extremer fabelen factoor factuur faden fagen faken falen family
fappen farmer faseer faseren fatterig feeling fellatie feteren fiber fietser fileer files filet filigram
filmer filter fitnest fitten fitter flappen flapper flatert flemen flensen flenzen fleppen fleren flexen
flier flikken flippen flitser flitten floppen flossen fluiten fonkel fracken framen frase frezen fries
frisee frissen frist fronzen fucken gaatje gagel gaggel gakken galant gallen gallium galnoot gamel gamen
gammel ganache gappen gaskabel gaslagen gaslicht gasteren geachten geageerd gebaad gebaat gebabbel gebackt
gebakt gebankt gebeden gebeerd gebeest gebeld gebeter gebette gebeukt gebeuld gebeund gebeurd gebigd gebild
geblaakt geblaat geblekt gebleten geblikt geblockt geblokt geblurd geboekt gebokst gebokt gebold gebonden
gebonsd gebootst gebost geboterd gebraad gebreke gebrokt gebutst gebuurd gebuurt gecasht gechookt geclickt
gecrusht gedaagd gedaan gedauwd gedeerd gedegen gedicht gedoeld gedogen gedold gedongen gedooid gedouwd
gedozerd gedraafd gedraaid gedraald gedreigd gedromd gedroogd gedroosd gedubd geducht geduid geduld gedund
gedut geecht geeerd geeest geegd geelt gefeest geflapt gefleerd geflikt gegaap gegakt gegeerd gegeurd
gegeven gegild geglooid gegoeden gegoten gegrold gehaakt gehaat gehackt gehakt gehand geheet geheid geheld
gehemd geheten geheugd gehoed gehoefd gehoekt gehoerd gehold gehonkt gehooid gehoon gehoosd gehopst gehost
gehotst gehucht gehuwd geiaad geinen geinig geiten gejoel gejoeld gejold gejond gekaakt gekaald gekaapt
gekakeld gekakt gekald gekant gekapt gekeer gekeerd gekeesd gekegeld gekend gekerkt geketst gekeurd gekild
gekitst gekken geklad geklakt geklampt geklemd geklept geklikt geklokt geklopt geklotst geknakt geknapt
gekneld geknerst gekoeld gekoetst gekold gekomen gekooid gekoosd gekord gekorst gekort gekost gekoterd
gekraagd gekraai gekraaid gekraald gekraamd gekrakt gekramd gekrast gekresen gekreten gekribd gekrold
gekwaak gekwaakt gekweld gelaafd gelaagd gelaaid gelaakt geladen gelagerd gelakt gelald gelang gelangd
gelapt gelast gelat gelaten gelazerd gelden geleed geleefd geleegd geleek geleekt geleemd geleend gelegd
gelegden gelegerd gelei geleid geleiden gelek geleken gelekt geleld gelelden gelend geleurd geleverd gelicht
gelid gelieerd gelik gelikt gelild gelockt geloeid geloerd gelogen geloken gelokt gelold gelonkt gelooid
geloven geluwd gemaakt gemalen gemand gemeden gemeerd gemeld gemerkt gemeten gemeurd gemold gemond gemotst
genaak genaakt genant genazen genegen genepen generen geneusd genezer genoegd genoten gentech geopperd
georeerd geotterd gepaard gepacht gepaft gepand gepapt gepasst gepast gepaukt gepeerd gepeesd gepekt gepeld
geperkt gepeurd gepikt gepild geplagd geplakt gepland geplant geplat geplekt geplust gepokt gepooid geprakt
geraagd geraaid geraamd geraamte geraapt geraas geraasd geraden gerand gerankt gerant gerecht gereden
geregen geregend gerekt gereld gerend gerent gerepeld gereten gerezen gericht gerild geript gerockt geroeid
geroesd geroest geroet geroken gerokt gerond geronkt gerooid geroomd geroot geropt gerost gerot geruwd
geschept geschied geschiet geschift geschild geschobd geschokt geschort geschuwd gescoord geshockt geshopt
gesjokt gesjord geslapen geslapt gesleurd geslibd geslicht geslipt geslist gesloft gesloken gesloot geslopen
gesloten gesmaad gesmaakt gesmacht gesmart gesmeden gesmeed gesmeekt gesmokt gesmoord gesmout gesmukt
gesnakt gesneerd gesnikt gesnokt gesnord gesnoten gesoesd gesold gesopt gesopten gespaad gespaand gespalkt
gespard gespeten gespeurd gespogen gespoord gesport gespotte gespuid gespuit gespurt gestaakt gestaan
gestaard gestald gestampt gestapt gestart gestept gestie gestikt gestild gestipt gestoept gestoft gestokt
gestold gestolen gestolpt gestoofd gestookt gestoomd gestormd gestoven gestropt gestuwd getaakt getakt
getale getand getaserd getast geteerd getekend geteld getikt getint getipt getold getond getooid getopt
getrild getrold gevaren gevatte gevecht geveeld geveerd geveest gevel geveld gevezen geviel gevild gevlakt
gevlast gevlecht gevleid gevlerkt gevlet gevloekt gevlokt gevoed gevoeden gevoeg gevoegd gevoelt gevoerd
gevogeld gevonkt gevraagd gewaad gewaakt gewacht gewagen gewald gewand gewant geweckt gewed geweekt geweend
geweerd geweid gewekt gewelf gewelfd gewelkt gewend gewenkt gewenst gewerd gewerden gewest gewet geweten
gewezen gewied gewiegd gewield gewiid gewikt gewild gewipt gewist gewit gewoel gewoeld gewold gewond gewonde
gewonden gewonnen gewoond geworgd geworpen geworven gewraakt gewricht gewroken gewurmd gezand gezant gezapt
gezegd gezegeld gezegen gezeggen gezeik gezeken gezel gezette gezetten gezeurd gezied gezift gezind gezipt
gezocht gezoen gezoend gezoet gezonden gezopen gezucht gezweed gezweet gezwem gezwicht gezworen gieter
gieteren giezen giggen gillen giller gillerig gilling ginder gingen ginter gissen gisten gistte gistten
glaasjes gladden gleden gleis glippen gloed glooi glooien gloop gloor gloppen gordel gorden goten gouache
gouden gouwe graaien grabbel gracht grand grappen grauwen graven grazen greinen grepen griend griepen
grillen grimlach grise groenen groet groeten grommer grosse groten grover grutter gullen gunnen haart hacken
hacker haffen hagel hagen haken haker hakken hakker halen hallo hamel handde handeg handel handelen handend
handt handy hangel hanger hanzen happer happy harde harder hardslag harent harig harken harpen harten
hartklop haten haven headline heat hebber hebbes heden heffer heiden heidens heien heilig heinen helden
helen heler hellen helper hemmen henzen herder herhaal herig herik herkend heroen herover herrees herreken
herriep hersen herstelt herstemd herteld herzie heten heven hielen hielpen hieven hiken hiker hikken hinder
hinderen hingen hippen hoeden hoeder hoekbal hoeken hoeren hoever hoger hoging holen hollen homofiel honden
hongerig hoofde hopen hoppen horden hosten hotsen hotten houdend houder housen hout houten houwen houwer
hoven huiler huiven huizen hukken hullen huppen hurken hussen hyfen hypen imitatie indeuken indikken indult
ingeval inheb inhouwen injectie inleggen inlokken inlopen inlossen inloten innen inrukken inschuld inspin
invlogen inzien inzogen ironie issue jachten jagen jakker jakkes jammen janhen janker japen jarigen jeetje
jeinen jekker jezelf joegen joelen joggen jogging jolen jollen jonker jonnen jouwen jubel juffer juichen
jukken kaard kaatje kabbel kabbelen kabel kader kakel kaker kakken kakker kalen kalium kallen kamen kamend
kameraar kampen kanen kanis kanjer kannen kanoer kanter kapel kapen kaper kapotje kappen kapper karavaan
kardoes karig karren kaslucht kassen kaste kastie kastoor katerig katten katterig kauwer kavel kazen keffen
kegel keilen keizer keken kekker kelder kelen kennen kerken kerrie kersen kersten kervel keten ketsen
ketteren ketters ketting keuken keuter kezen kicken kieken kielen kiemen kienen kiepen kieren kiezel kiezer
kikken kikker killen killend killer killig kimmen kindeken kinder kippen kissen kiten kitsen kitten klacht
kladden kladder klagen klager klakken klamp klampen klamper klappei klaren klasse klater klauter klauwen
klaven klaver kleien kleiker kleineer kleinen kleins kleinte kleizoon kleppen klepper kletter kleumer
klieken klikker klimmen kling klinken klinker klinket klipper klissen kloet kloffie klokken klommen klonen
klooien klopper klopping klossen kloten klotsen kloven kloving klucht kluizen klunen klussen kluwen knagen
knakken knakker knapper knarpen knauwen knepen knerpen knerpt kneuter kniezen knikken knippen knoert knok
knokken knorren knotten koeien koeken koeler koeren koetsen kofte kogel kogelen kokkelen kokken kokkie
kollen konkel koord kopal kopeke kopie kopieer koppelen koppen korrelen korten koste kosten koten koteren
kout kouten kouwe kraaien kraalt krabbel krabben krabber krachtig kragge krakken kramer krammat krammen
krammer kramt kranig kransen krappen krapte kraspen krater krauwen kregel krengen kreppen kresen kreten
kribben krikken kringel krissen krocht kroelen kroken krokken krommen kropen kroppen krotter kruchen krucht
kruid kruit krukken kubel kuchen kuiken kuilen kuipen kuisen kuiter kuiven kullen kuren kusser kwaken kwaker
kwakken kwamen kwartaal kwartiel kweker kwelen kwellen kwelling kweten laad laagte laatje laatjes laatsten
labber labberen labelen lacher ladderen laden lader lagen lager lageren laken lakken lame lamel lammer
lammeren lamoen landen lander langen langoer lannen lanter lappen lapper lassen lasser lasteren latent later
latten lattend lauden lauwen lauwer laven laveren laxeren lazen lazer lazeren leader leden leder leerder
legen leggen leiden leider leizen leken lekken lekker lekkers lellen lenen lengen leppen lessen letten
letteren lettert leuter lever lichter lichtpen lieden liegen liepen lieren lieten lieverd liften ligger
liken likken likker lillen linde linken linkerd linnen lispen listig lobberig locken lodder loeder loeven
loever logen loggen lokken lollen lommerig lompen lonen lonken loochen looien loot loperig lossing loten
louche loucher lubben lubber luchten lucky luiden luien luier luiken luimen lullen lumen lunchen lunzen
lurken luster lustig luthers lutje luwen machina magie maissage majeur maker makken makker makkes malder
malen mallen manage mandag mandarts manisch manken maraan marden marine marker marmel marter maskeer masken
maskeren master masteren mastert matje matteer mattere matteren mauwen meden mediatie meeding meeging meeken
meerder meerling meerring meezing meidag meieren meiske mekken mekker melden meleert melen melken melker
menen mengen menien mennen meren merkel merker merrie messsage mesten mesting meten meting metsen metten
meuken middle miepen mikken mild milder mimen minderen minnen minsten misere misken misleid misser missien
misten mistten mitsen mixen mochten modder modderig model moed moeer moeien moeken moeren moesten molen
mollen monde monden mondt monkel moorzaak morfen morphen morren morsen motion motsen motten movend muffig
muiten muizen mulder multipel mussen mythe naaien naatje nabellen nader nakken nakkes nanacht narrig naten
natien natten negen nepen neppen nesten netten neuken neurend niermand niesen nieten nieuwen nikken nippen
noesten nokken noorden nopen noppen noteren nuffig nuken oefen oerstaat offeren oleine omblazen omboog
omgeven omgezet omhalen ompalen omstaan omvamen omvaren omvatten omwallen omzetten onbekend ondereen
onderlig oneens oneffen ongeleid onheilig onkel onlekker ontslaat ontstaan oogwit opbreken opener opeten
opgelast opgelet opgever opgezegd opging ophanden ophebben ophesen ophouder oplaag oplassen oplazen opleggen
opletten opleven opmeten oppakken oppeppen opperen oppersen oppiepen oprekken oprennen oprukken opslaan
opsporen opstaat opstoken opstoot opteken optellen optie optreden optreeen opvallen opzaten opzeggen
opzetter opzitten orden otteren ouden overall overbeet overdone overgave overhang overlang overleer overlegd
overtal overval overwal overweg paatje pacen pachten pachter padden padding paffen pakker pakket palen palet
pallet pallium paneer pannen pappen pardoen paren paret parse parsen partikel passage passeer passen passer
passeren passt patent pathisch patina pauken peauter peggen peilen peiling peinzen pekken pelen pellen
pennen penter peppen peren perken perser pesten pester peter petsen pieken pielen piepel pieper pieren
piesen pikeer pikeren pikken pikker pilsen pimpen pincher pingen pinker pinnen pioen piron pissed pissend
pisser pitsen pitten plachten plagen plagge plaggen plakken plane planner planter planting planton plantte
plantten plasser plastiek plating platten platting pleasen plecht pleger pleier pleinen pleiner pleintje
pleit plengen plenzen pletten plevier plisse ploegen ploggen ploppen pluchen pluggen pluizen plukken plussen
poeder poepen poetsen poken pokken polen poloen pondcast ponder ponsen pooien porring poten poteren potten
praaien prachen pracht prachtig prakken pralen pramen preek preken preker pressen promesse pronken proosten
prose protease protege protest puffer pufferig puilen pulsen pussen putter putting quaker quid quilten
quitte raaien rabbel rabbelen rachel raden rader rafel raffel ragen raggen rakel raken rakker ramee ramen
ramend ramende rames rammei rammen rancher randen ranger ranken rapen rappel rappen raseer raseren ratel
ratine ratten rattend rattende razender reactief recept recette rechten record redactie redden refactie
reflatie refter regeer regen regent regeren reggen regt reien reiken reilen reinig reizen rekbaar reken
rekenen rekken rekker relatief rellen rellerig remmend repend reppend resten reuter ribbel ribes richten
richter rieden riepen rikken rild rillen rilling rimmen ringel ringer rippen rissen ritten robber robberen
roebel roesten roeten roeven rollen rombus rommel ronde ronden rondheid rondje ronken ronker roodhuid
roosten roten roteren rotten rouge routing rouwen rover ruilen ruineren ruiten ruitten ruizen rukken rukker
ruling rullen runnen runner russen sabbelen sabelen safer sakker sammel saneer sappe sarong sarrig scanning
scepsis schaad schaaf schaak schaal schaap schaar schadde schade schaken schalm schamel schaper scharen
scharren schat scheel scheen scheep scheer scheet schegge scheid scheiden scheld schelen schelf schellen
schelm schemel schend schenden schenken schepel schepen scheppen scherf schermen scherp scherpen scherven
scheuk scheuken schever schicht schiep schier schift schik schikken schild schim schob schobben schoen
schoffel schoft schokker schol schold scholen scholing scholte schond schonen schonken schoof schooi schoor
schoppen schoren schort schorten schotel schoten schout schouw schouwen schouwer schoven schraag schraap
schragen schralen schram schraper schrede schreef schreien schreven schril schrob schroom schroot schrot
schub schuier schuif schuil schuin schuit schuld schup schuren schurken schut schuts schutten schuur schuw
schuwen scrappen seinen seizen selder sellen seller sensueel sequeel serieux seuten shocken shoppen shorten
sieren sikker sintel sinter sippen sissen sister sjappen sjokken sjorren sjouwen skiet slab slabbe slabber
slacht slachten slachter slagen slager slagpen slaje slaken slammen slang slaper slapie slappen slatte
slaven slechten slede sleden sleed sleeen sleeend sleet slegge slempen slenter sleper sletten sleur slibben
slicen slicht slichten sliepen slier sliet slikker slimmen slinken slippen slipper slokken slooien sloor
sloot slopen sloper sluiken sluimer sluipen sluiper sluiter sluiven sluizen smalte smeken smekken smeren
smoken smokken snappen snapper snauwen snede sneden sneed sneef sneer snelden snellen snelt sneppen snepper
sneren snerken snert snikken snokken snood snoot snorken snufferd snufjes snuit snuiten snurker social
sollen soppen sores souche spaak spalling sparing sparring spatting specht speed speels speelst speeltje
speet speetje spekken speld speler speling speller spelling spelt spenen sperren speur spied spieken spieker
spillen spinning spogen spoken spong sponning spoot sporen sporter spoten spotten spouwen spouwer sprake
spraken sprang sprank spread spreker spreng sprengen spreuk spriet sprik spring springeb springer sprinten
sproke sprongen spruit spuien spuiten spurten spuwer stacken stadie stageld stagen staken stalen stallen
stalling stalt stammen stampen stapel stapper staren start staten statten staven steden steeen steef steegs
steels steens steent stegen stekel steker stekken stekker stelen steler stellen steller stelling stelsel
stemmer stenen stennis steppen steppend stere stereo sterken stern steur steven sticker stickie stierven
stiet stikker stillen stilling stilte stinken stippen stipt stoepen stoffen stoken stokken stollen stolpen
stomen stommel stommen stompen stool stoots stoppel stopper stopping stopsel storax storen storing storten
stoten stouwen stoven straat stralen stras straten streaken streden streed streef streek streel strek
strekel streken streks strelen strem stremmen strepen stressen streven strik strike strikken strippen
strobbe strofe stroken strooi strook stroop stropen stroppen stros stuc stuccen studien studio study stuffen
stuiken stuit stuiten stuiven stuken stulpen stutten stuwen style sudder sudderen suede suffen suffie suilen
suizel suizelig sulfer sullig summer super surfer sussen swagger swappen swinger taart taggen taken takken
talen talent tampen tandem tanen tangent tanken tanker tapen tappen taseren tassen tater tateren tauge
teacher teaen teaser teerling teken tekening tekenpen telen telend teler teller temeer temen temmen tendens
tennis teren testen tester tetter tetteren teuter teweeg tezen thallium theeen thinner thuiskok ticket
tieren tikkel tikker tiktak timen timmer tingel tingelen tinkel tinkelen tinken tinker tintelig tinten
tintend tippen titel titelen tittel tjekken tobben toekeer toeken toeten toetser toeven togen toilette token
tokken tolken tomen tonaal tondel tonder tonele tonen tongen tonnen toorts toosten toppen toren tossen total
touche touwen touwer tracht tracker traden trailer trambus trammen trant traploos trassant trassen trawant
trechter treden treed treeen treffen treilen treiler trekker trekpen tremmen trend treven trieer trien
trigger triller trimmen trimmer trippen trissen troetel trokken trolt trombone trooster trucken truken
tuffen tuien tuigen tuis tuisen tuiten tukken tunen turen tutten twerken uitbal uiten uitlog uitvak vademen
vagen vagina vakken valavond vallei valling vandaal vandaan vandaar vandoen vangen vanger vannen varen vaten
vatten vechter veder vegen veilen veiling velen vellen velling verbaal verband verbeet verbouwd verbrast
verdagen verdeden verdeed verdeel verdek verdekt verderf verdicht verdict verdikke verdoft verdoken verdoold
verdoopt verdor verdring verdronk verduft verduikt verduren verduwen verdween vereer vereerd veren verering
vergeef vergeeld vergeelt vergeld vergeven vergiet vergleed vergoed verhaald verhaar verhagen verhard
verheden verheel verhing verholen verhoord verhopen verhoren verken verkend verkeurt verkies verkoken
verkoren verkrapt verkwikt verlaad verlaag verlaat verladen verlag verlagen verlakt verlangd verlapt verleed
verleen verleerd verlees verlegen verleien verlenen verleng verleren verlezen verliep verliet verlig
verloden verlonen verloofd verlopen verloten verloven vermaal vermeden vermeed vermeet vermooid vermuft
vernuft verover verrader verreden verreed verreken verricht verroer verroken verrold verrukt verschik
verseert verslaan verslaat versmaad versmaat verspil verstaal verstald verstand verstapt verstard versteld
verstikt verstil verstoft verstokt verstomd verstond verstoot verstout vertaal verteerd vertikt vervang
verveeld verveen vervel verver verviel verwacht verwant verwarm verwarmd verweeg verweerd verweet verweken
verwekt verwerd verweren verwies verwikt verwoord verword verzwakt verzwind vesten vete veteren vetten
vetter vierder vierel viever viewen vigeren villen vinder vineuze vingen vinken vinker viseren vissen vitten
vladder vlaggen vlakken vlamand vlanacht vlassen vlecht vlechter vleien vleierig vletten vlezen vlieden
vliegden vlieger vliegles vlieten vlocht vloed vloeiend vloeken vlogt vlokken vlooien vluchtje vochten
vodderig voed voeden voeder voegen voeger voeler voerder voeren vogelen volhard vollen volling vonden vonder
vonkel voorheen voorst voortkom voorts voorvoet vorder vorigen voteren vouwen vracht vragen vraten vreemden
vreest vreet vreten vrezen vrind vroegen vrouwe vrucht vucht vullen vuurgod vuurman vuurpot vuurvast
waardoor waarna waarop waart waarvan wachtel wachter waden wagen waggel waken waker wakkeren walen walgen
walken walkend walker wallen wammen wand wandel wannen wanner wantaal wanten wappen wapper wapperen waring
warmen warren wasemen wasmodel wasser waterdag watering watte watteer watten watteren wattig weber wecken
wedder weder weed weeer weekeind wegen weger weggaan weggeld weiden wekere wekken welken wellen welling
wenden wener wenken wensen werden weren werkbaar werker werpen werven werver wester western wetten wever
wielen wiien wikken wilfen winden winder winkel winkelen winnen winner wippen wissen witten woeden woeker
woelen wollen wonder wonen wonnen worgen worstel wraken wrangen wrappen wreken wreker wrevel wreven wringen
wurger wurmen yellen youtuben zaanden zabbelen zagen zager zakker zamel zanden zander zanger zangerig zappen
zaten zeden zeeen zeentje zegel zegen zegger zeiden zeiken zeiknat zeken zeker zelling zemen zender zengen
zepen zesen zeskant zetel zetter zeulen zeven zichten zichter zied zieke zielloos ziener ziften zinder
zinderen zingen zinken zinker zippen zitter zochten zoelen zoemen zoeten zoeven zogen zolder zolen zomer
zondig zonen zongen zonloos zonnedag zonnen zoorst zorgen zouden zovele zowaar zuigen zuren zuurstok
zuurvast zwaarte zwabber zwadder zwade zwakken zwalker zwammen zwarten zweden zweed zweedt zwegen zwelen
zwelgen zwemen zwemmer zwepen zweren zwermen zweter zweterig zwetsen zweven zweving zwikker zwolgen zwommen
zworen
`
    .trim()
    .split(/\s+/),
);

/** Whether a folded word is known to be meant as it stands. */
export const isRealWord = (word: string): boolean => REAL.has(word);
