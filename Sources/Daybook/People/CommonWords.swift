// SPDX-License-Identifier: Apache-2.0

/// Words and names that people make passwords of, and that are therefore tried first.
///
/// They were written by hand. ``GuessingCost`` knows what is made of them with digits, signs, other spellings and
/// repetition.
enum CommonWords {
    /// Words by their first letter, each also backwards.
    typealias Table = [UInt32: [[UInt32]]]

    /// In small letters; each word once.
    static let words = Set(
        [ours, secrets, affection, animals, things, fame, places, names, calendar, slang].flatMap(split)
            + split(russian) + split(russian).map(onLatinKeys)
    ).sorted()

    static let all = table(of: words)

    static func table(of words: [String]) -> Table {
        let forwards = words.map { $0.unicodeScalars.map(\.value) }
        return Dictionary(grouping: Set(forwards + forwards.map { $0.reversed() })) { $0.first ?? 0 }
    }

    private static func split(_ text: String) -> [String] { text.split { $0.isWhitespace }.map(String.init) }

    /// What appears where somebody writes Russian on keys that are set to Latin: `gfhjkm`.
    private static func onLatinKeys(_ word: String) -> String {
        let keys = Dictionary(
            uniqueKeysWithValues: zip("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"))
        return String(word.compactMap { keys[$0] })
    }

    /// What comes to mind in front of this program.
    private static let ours = """
        daybook quickbooks quickbook intuit turbotax rental rentals renting accounting accountant account accounts
        bookkeeper bookkeeping invoice invoices company business office counter store shop ledger payment payments
        customer customers finance money cash bank banking export manager boss owner staff employee clerk cashier
        pointofrental elite equipment tools contract deposit books
        """

    private static let secrets = """
        password passwort passwd passw pass passcode passphrase passkey parola motdepasse contrasena senha wachtwoord
        qwerty qwertz azerty letmein letmeinnow welcome willkommen bienvenue admin administrator adm root toor login logon
        signin secret secrets geheim changeme changethis default guest user username test tester testing temp temporary
        demo trustno nopass nopassword mypassword thepassword newpassword yourpassword mypass access enter open
        opensesame sesame private protected security secure server system computer laptop internet network windows
        microsoft google apple android samsung iphone facebook twitter youtube hotmail gmail yahoo amazon oracle
        database backup support service helpdesk public web site webmaster hacker hacked cracker matrix letme whatever
        nothing something anything everything someone nobody unknown none null blank empty hello helloworld hallo
        goodbye please thankyou thanks correcthorsebatterystaple correcthorse batterystaple asdf zxcv qwer wasd asd zxc qwe
        abc abcd xyz foobar foo bar lorem ipsum
        """

    private static let affection = """
        iloveyou iloveu iloveme iloveyousomuch loveyou loveme lovely lover lovers love loving loved mylove truelove lovehurts
        forever always together sweet sweety sweetie sweetheart sweetpea honey honeybee darling baby babe babyboy babygirl
        babydoll babyface angel angels heaven heart hearts kiss kisses kissme hug hugs friend friends bestfriend family
        mother father mommy daddy mom dad mama papa sister brother husband wife son daughter princess princesa prince queen
        king kingdom lady girl girls boy boys man men woman women cutie cute pretty beautiful beauty gorgeous hottie hotgirl
        hotstuff sexy sex sexygirl sexybitch lucky happy smile smiley sunshine rainbow star stars moon sun moonlight
        sunflower flower flowers rose roses daisy lily tequiero teamo amor amore amigos bonita bonjour corazon estrella
        hermosa mariposa schatz liebe liebling ichliebedich jetaime doudou loulou chouchou god jesus jesuschrist christ
        lord church blessed blessing faith hope grace glory peace spirit believe trust truth freedom liberty justice
        """

    private static let animals = """
        monkey dragon tiger tigers tigger lion lions panther panthers bear bears wolf wolves eagle eagles falcon falcons
        hawk hawks raven ravens phoenix dolphin dolphins shark sharks fish fishing whale turtle turtles frog froggy snake
        cobra viper python spider butterfly bunny rabbit kitty kitten kittycat hellokitty cat cats dog dogs doggie doggy
        puppy pussy pussycat horse horses pony cowboy cow pig piggy chicken chickens duck ducks penguin panda koala giraffe
        elephant mouse mickey minnie rat hamster beaver badger buster bailey buddy max maxwell rocky lucky pepper shadow
        snoopy snowball precious peanut peaches cookie coco rusty smokey sammy toby sparky barney boomer tinker chester
        scooter bandit maverick casper felix oreo simba nala milo bella duke roxy roxie cassie missy princesa muffin
        aardvark squirrel hedgehog lizard gecko parrot pigeon swan owl crow sparrow robin cheetah leopard gorilla buffalo
        moose deer fox foxes raccoon coyote mustang stallion goldfish jellyfish octopus lobster crab dinosaur unicorn
        pegasus teddy teddybear pumpkin ginger
        """

    private static let things = """
        football soccer baseball basketball hockey tennis golf golfer golfing softball volleyball rugby cricket swimming
        running runner racing racer skate skater skateboard surf surfer surfing snowboard skiing hunting hunter boxing
        wrestling karate gymnast cheer cheerleader dance dancer dancing music guitar guitars piano drummer drums singer
        metal rock rockstar rocknroll punk hiphop rap gangsta gangster thug killer killers murder death dead devil demon
        satan ghost zombie vampire monster master masters mastermind ninja samurai warrior warriors knight soldier army
        marine marines navy airforce military police fireman firefighter doctor nurse teacher student school college
        university science physics money million millionaire dollar dollars gold golden silver diamond diamonds crystal
        platinum steel iron titanium fire water ice snow rain storm stormy thunder lightning wind earth world planet space
        galaxy universe ocean sea beach island river mountain forest garden green blue red black white pink purple orange
        yellow brown gray grey scarlet violet indigo coffee chocolate candy sugar cheese pizza banana apple apples cherry
        strawberry blueberry lemon orange oranges grape grapes melon mango kiwi papaya coconut popcorn pancake pancakes
        cupcake cupcakes brownie muffin donut lollipop skittles snickers twix oreo nutella caramel marshmallow jellybean
        budweiser heineken corona guinness smirnoff bacardi jackdaniels hennessy sprite pineapple butter cream vanilla cinnamon beer vodka whiskey tequila wine
        marlboro newport camel coke cocacola pepsi mustang corvette camaro ferrari porsche mercedes honda toyota yamaha
        kawasaki suzuki ducati harley harleydavidson chevy chevrolet ford dodge jeep truck trucks nissan skyline bmw audi
        lamborghini maserati subaru hummer mercury jaguar volvo tractor train airplane pilot flight rocket bicycle
        motorcycle summertime springtime wintertime christmas xmas birthday holiday weekend vacation midnight morning
        tonight tomorrow yesterday player players gamer gaming game games playboy playstation xbox nintendo pokemon pikachu
        mario zelda sonic minecraft roblox fortnite warcraft starcraft worldofwarcraft runescape counterstrike halo doom quake
        """

    private static let fame = """
        superman batman spiderman ironman wolverine hulk joker superstar superhero captain hercules zeus apollo athena
        thor odin starwars startrek starship skywalker vader darthvader yoda jedi trooper stormtrooper gandalf frodo
        legolas aragorn lordoftherings harrypotter hogwarts hermione voldemort dumbledore merlin excalibur camelot
        hellboy terminator rambo matrix neo trinity jamesbond bond casino goldfinger thunderbird firebird naruto sasuke
        sakura goku dragonball onepiece
        godzilla gladiator enterprise galactica spartan spartacus achilles hannibal napoleon cleopatra caesar einstein
        undertaker johncena jeffhardy lilwayne chrisbrown westlife backstreet fallout falloutboy mychemicalromance rebelde disney simpsons homer bart southpark spongebob scooby scoobydoo garfield snoopy
        tweety tinkerbell cinderella barbie metallica nirvana slipknot greenday blink linkinpark eminem beatles elvis
        madonna britney rihanna shakira beyonce onedirection justinbieber bieber hannahmontana jonas twilight edward bella
        liverpool arsenal chelsea manchester manutd united barcelona realmadrid juventus celtic rangers everton newcastle
        tottenham yankees redsox redskins redwings cowboys steelers packers patriots broncos raiders giants chargers bulldogs bulldog
        wildcats wildcat lakers bulls chicago boston dallas houston texas florida california newyork brooklyn london paris
        berlin madrid america american usa canada mexico mexican france germany deutschland england ireland scotland
        australia brazil brasil colombia india pakistan japan tokyo china russia moscow jordan ronaldo messi beckham
        kobe lebron tiger woods rooney gerrard zidane maradona bubba bubbles cowgirl blackberry
        """

    private static let names = """
        michael michelle jennifer jessica ashley amanda andrea andrew anthony daniel danielle david thomas robert roberto
        william willie joshua matthew nicholas nicole christopher christian christina christine chris joseph james john
        johnny jonathan justin brandon brandy jason kevin brian ryan eric erik steven stephen stephanie timothy richard
        rachel rebecca rebekah samantha samuel sarah sara sandra susan melissa melanie maria marie mariah mary margaret
        martin martha mark marcus charles charlie charlotte carlos carolina caroline carol patricia patrick paul paula peter
        pamela philip phillip victor victoria vanessa valerie veronica vincent alexander alexandra alexandre alexis alex
        alejandro alejandra alberto albert adrian adriana alice alicia alison allison amber amy andres angela angelica
        angelina angelo anna anne annie antonio april arthur austin barbara benjamin bernard beth brenda brittany bryan
        cameron carmen catherine katherine kathleen kathryn katie karen karina kimberly kelly kenneth kristen kyle
        chelsea cheryl cindy claire claudia connor courtney crystal cynthia dakota dennis derek diana diane diego dominic
        donald donna dorothy douglas dylan eduardo elaine eleanor elizabeth emily emma eric ethan eugene evelyn fernando
        fernanda francis francisco frank frankie franklin fred frederick gabriel gabriela garrett george gerald gloria
        gregory hannah harold harry heather hector helen henry howard isabel isabella jack jackie jackson jacob jacqueline
        jake jamie janet jasmine javier jean jeffrey jenny jeremy jerry jesse joanna joel jordan jorge jose joyce juan
        juanita julia julian juliana julie karl keith kristina larry laura lauren lawrence leonard leonardo leslie linda
        lindsay lindsey lisa logan lorena louis louise lucas lucia luis madison manuel marcos margarita mariana marina mario
        marissa marvin mason megan mercedes miguel mike miranda mitchell molly monica morgan natalia natalie nathan
        nathaniel nancy noah nicolas oliver olivia oscar pablo pedro rafael ralph ramon randy raymond regina ricardo rick
        ricky rodrigo roger roland ronald rosa roxanne russell ruth sabrina samson santiago savannah scott sean sebastian
        sergio shannon sharon shaun shawn sheila shelby sheldon sierra simon sofia sophia sophie spencer stacey stanley stella
        steve stewart stuart sylvia taylor teresa theresa tiffany tina todd tommy tony tracy travis trevor tyler valentina
        valentine virginia vivian cassandra catalina celeste cheyenne cristina cristian dillon dominique gina giovanni jasmin jocelyn kaitlyn
        katrina kayla kendra krystal lindsay luke mackenzie makayla marcel marisol marlene matt matteo morgana nadia nick
        nikita norma paige pascal phoebe preston quentin riley rodney rosario sandy selena silvia summer sydney tamara tania
        tatiana tanya tristan ursula vicky walter warren wayne wendy wesley whitney xavier yolanda yvonne zachary zoe smith johnson
        williams jones miller davis garcia rodriguez martinez hernandez lopez gonzalez wilson anderson moore white harris
        thompson robinson walker young allen wright hill adams baker nelson carter mitchell roberts turner phillips
        campbell parker evans edwards collins stewart morris murphy cooper richardson cox
        """

    private static let calendar = """
        january february march april may june july august september october november december januar februar maerz mai
        juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
        diciembre monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag
        samstag sonntag spring summer autumn winter fall fruehling sommer herbst easter halloween newyear valentine
        one two three four five six seven eight nine ten zero eleven twelve hundred thousand first second third onetwothree
        """

    private static let slang = """
        fuck fucker fucking fuckyou fuckme fuckoff fuckit fucku motherfucker shit bullshit shithead bitch bitches bitchass
        asshole ass assman bastard dick dickhead cock cocks cunt tits boobs booty bigdick bigtits hardcore porn pornstar
        cumshot cum blowjob pimp pimpin player playa stoner weed smoke smoker ganja marijuana drunk party loser loveless
        hateyou ihateyou imissyou missyou fucklove lovesucks emo emogirl emoboy chick chicks crazy crazygirl cool coolgirl
        coolguy cooldude coolio dude awesome amazing wicked perfect genius einstein newton legend hero champion champ
        winner winning success victory power powerful force energy magic magical magician mystery wizard fantasy dream
        dreams dreamer nightmare illusion destiny fate fortune chance genesis revelation infinity eternity number
        numberone noone yesyes nono blahblah lalala hahaha lol lmao rofl xoxo yoyo yomama iamcool iamgod itsme itsmylife
        mylife mine myself myspace mynameis imcool imthebest thebest thebomb theman thekid thegame theone bigboy bigman
        bigdog bigdaddy bigred badboy badgirl badass goodboy goodgirl goodluck luckyone luckydog hotrod hotdog hardrock
        speedy turbo nitro racecar fastcar power rangers trouble danger dangerous extreme maximum ultimate supreme premium
        special classic original airborne paradise carpediem hakunamatata wonderful sweetness highschool littleman
        prettygirl loverboy coolkid lilmama babyblue southside westside eastside northside shorty brownie jackass lifestyle
        stardust rosebud bluebird blueeyes browneyes blackie whitey mamapapa papamama maganda mahal mahalko mahalkita
        preciosa woaini wings iloveu lovehim lovejesus lovegod lovemom lovemyself lovemyfamily goodtimes goodlife goodday
        hardwork nosecret lifeisgood letsdoit idontknow dontknow whoknows leavemealone giveitup rightnow abracadabra
        abrakadabra bismillah astalavista supernova scorpion scorpions microphone translator radiohead nightwish
        evanescence metallica slimshady rammstein beefcake meatloaf sailboat roadkill capslock eggplant chipmunk lunchbox
        kamikaze motocross capoeira taekwondo smackdown slamdunk slapshot needforspeed callofduty laracroft eclipse
        bubblegum bugsbunny snuggles picasso remember newlife titanic voodoo zeppelin ladybug smooth sephiroth
        intercourse deepthroat masturbation ejaculation penetration pornographic suckmydick gangbang lesbian obsidian
        revival gizmo naughty magnum spectrum failsafe doorknob nocturne vladimir vladislav viktoriya anastasiya
        elizaveta yaroslav stanislav maksim kleopatra madagaskar smirnov shevchenko westham
        """

    private static let places = """
        thailand portugal hongkong portland plymouth amsterdam brighton budapest honolulu syracuse istanbul barbados
        edinburgh acapulco yorktown madagascar cleveland michigan colorado oregon arizona montana nevada alaska hawaii
        denver seattle phoenix atlanta detroit memphis orlando miami tampa lasvegas vegas sanfrancisco losangeles
        sandiego philadelphia pittsburgh cincinnati milwaukee minnesota wisconsin tennessee kentucky louisiana
        oklahoma jamaica cuba havana vienna wien hamburg munich muenchen frankfurt stuttgart koeln zurich geneva lyon
        marseille toulouse lille lisbon porto athens roma milano napoli italia italy spain espana sweden norway denmark
        finland holland belgium poland polska ukraine kiev turkey egypt africa asia europe sydney melbourne
        """

    private static let russian = """
        пароль привет любовь солнце солнышко красотка люблю любимый любимая наташа марина александр александра алексей
        анастасия андрей антон артем валентина валерия василий вероника виктор виктория виталий владимир владислав
        вячеслав галина даниил даша денис дмитрий евгений евгения екатерина елена елизавета иван игорь илья ирина катя
        кирилл константин кристина ксения лариса людмила маргарита мария максим марина михаил надежда настя наталья
        никита николай оксана олег ольга павел роман руслан светлана сергей станислав степан татьяна юлия ярослав
        мама папа котенок кошка собака зайчик ангел друг дружба счастье жизнь москва россия украина спартак зенит
        йцукен фыва ячсмит один два три самсунг компьютер интернет вконтакте ничего незнаю забыл хорошо весна лето осень
        зима январь февраль апрель август октябрь ноябрь декабрь машина телефон деньги доллар мастер чемпион бог
        """
}
