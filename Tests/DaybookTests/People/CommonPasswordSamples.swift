// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Passwords for ``CommonPasswordTests``.
enum CommonPasswordSamples {
    /// A way to make a password of a word.
    struct Decoration: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let made: @Sendable (String) -> String

        init(_ words: String, _ made: @escaping @Sendable (String) -> String) {
            testDescription = words
            self.made = made
        }
    }

    static let decorations = [
        Decoration("four digits behind") { "\($0)4711" }, Decoration("four digits in front") { "0815\($0)" },
        Decoration("a year") { "\($0.capitalized)1987" }, Decoration("a year and a sign") { "\($0.capitalized)2026!" },
        Decoration("two signs") { "\($0)!?" }, Decoration("signs around") { "*\($0)#$" },
        Decoration("twice") { $0 + $0 }, Decoration("backwards") { String($0.reversed()) + "12" },
        Decoration("in capitals") { $0.uppercased() + "1!" },
        Decoration("signs for letters") { word in
            let signs: [Character: Character] = ["a": "@", "e": "3", "i": "1", "l": "1", "o": "0", "s": "$", "t": "7"]
            return String(word.map { signs[$0] ?? $0 }) + "99"
        },
    ]

    static let refused = words(
        """
        password password1 password12 password123 password1234 Password1 Password01 Password123! passw0rd Passw0rd!
        p@ssw0rd P@$$w0rd P@ssword1 pa55word pa$$word1 passwort1 passport password! password.1 password2024
        Password2025! 1password 123password mypassword mypassword1 newpassword passwordpassword drowssap drowssap1
        12345678 123456789 1234567890 0123456789 0987654321 987654321 87654321 12345679 123456780 1234567891
        12345678910 123456789a a123456789 123456789q 1234567a a1234567 a12345678 12345678a q1234567 123456aa
        aa123456 aa12345678 abc12345 abc123456 abcd1234 1234abcd abcdefgh abcdefghi abcdefg1 abc123abc abcabcabc
        abcd12345 a1b2c3d4 1a2b3c4d a1s2d3f4 a1b2c3d4e5 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5
        1qaz2wsx 1qaz2wsx3edc 1qazxsw2 1qaz@WSX !QAZ2wsx zaq12wsx zaq1zaq1 zaq1xsw2 qazwsxedc qazwsx123 qazwsxedcrfv
        qweasdzxc qwe123qwe 123qweasd 123qweasdzxc 123qwe123 qwerty12 qwerty123 qwerty1234 qwerty12345 qwertyui
        qwertyuiop qwertyuiop1 qwerty11 1qwerty1 qwert123 qwert12345 qwer1234 1234qwer qwerqwer qwertyqwerty
        qwertz123 qwertzuiop azertyuiop azerty123 asdfghjk asdfghjkl asdfghjkl1 asdf1234 asdfasdf asdasdasd
        asd123asd asdf123456 asdfqwer zxcvbnm1 zxcvbnm123 zxcvbnmm zxcvasdf poiuytrewq lkjhgfdsa mnbvcxz1
        mnbvcxzlkjhgfdsa qaz123wsx 159357159 741852963 789456123 123654789 963852741 14725836 258456258 123123123
        12341234 123321123 1234554321 12344321 11223344 1122334455 112233445566 11112222 11111111 111111111
        1111111111 00000000 0000000000 22222222 55555555 66666666 77777777 88888888 888888888 99999999 aaaaaaaa
        aaaaaaaa1 zzzzzzzz xxxxxxxx 12121212 13131313 10101010 21212121 55556666 77778888 10203040 1020304050
        13579246 135792468 24682468 02468ace 11235813 31415926 01234567 76543210 98765432 12312312 11221122 19871987
        20082008 19841984 20202020 01011990 12121990 25121985 19900101 01012000 10101990 11111980 21122012 iloveyou
        iloveyou1 iloveyou2 iloveyou! iloveyou12 iloveyou123 iloveme1 iloveme123 i_love_you ilovegod iloveyou.
        loveyou1 loveme123 lovelove lovelove1 mylove123 babygirl babygirl1 babygirl12 babyboy1 babydoll sunshine
        sunshine1 Sunshine! sunshine12 princess princess1 princess12 princess123 princesa football football1
        football12 Football! footballl baseball baseball1 basketball basketball1 softball softball1 volleyball
        superman superman1 superman123 spiderman spiderman1 batman123 batman1234 ironman1 starwars starwars1
        startrek trustno1 trustno1! Trustno1 letmein1 letmein123 letmein! letmein12 welcome1 welcome123 Welcome1!
        Welcome123 Welcome2024 welcome01 administrator admin123 admin1234 admin12345 admin@123 Admin123! adminadmin
        admin2020 root1234 rootroot toor1234 changeme changeme1 changeme123 Changeme! default1 guest123 guest1234
        user1234 test1234 test12345 testtest testing1 testing123 Test123! temp1234 temporary1 secret12 secret123
        secretsecret computer computer1 internet internet1 windows1 samsung1 samsung123 apple123 google123 facebook
        facebook1 youtube1 hotmail1 yahoo123 whatever whatever1 blahblah nothing1 something anything1 michael1
        michael12 michelle michelle1 jennifer jennifer1 jessica1 jessica12 ashley12 ashley123 amanda12 daniel12
        daniel123 danielle danielle1 andrew123 anthony1 anthony12 thomas12 joshua12 joshua123 matthew1 matthew12
        nicholas nicholas1 nicole12 nicole123 christian christian1 christine christopher stephanie jonathan
        jonathan1 justin12 justin123 brandon1 brandon12 jordan23 jordan123 jordan12 hannah12 charlie1 charlie123
        charlotte william1 alexander alexander1 alexandra elizabeth elizabeth1 samantha samantha1 victoria victoria1
        veronica patricia benjamin benjamin1 sebastian cristina1 natalie1 natalia1 patrick1 vanessa1 melissa1
        jasmine1 rebecca1 angelina carolina caroline monkey12 monkey123 monkey1234 dragon12 dragon123 dragon1234
        tigger12 tigger123 butterfly butterfly1 elephant dolphin1 dolphins hellokitty penguin1 chicken1 cookie123
        bailey12 buster12 buster123 ginger12 pepper12 peanut12 snoopy12 shadow12 shadow123 hunter12 hunter123
        hunter01 harley12 harley123 mustang1 mustang12 corvette ferrari1 porsche1 mercedes mercedes1 yamaha12
        chevrolet cowboys1 cowboys12 steelers steelers1 yankees1 redskins1 packers1 patriots raiders1 lakers24
        liverpool liverpool1 arsenal1 arsenal123 chelsea1 chelsea123 manchester manutd123 barcelona barcelona1
        realmadrid juventus rangers1 everton1 newcastle metallica metallica1 slipknot slipknot1 nirvana1 blink182
        linkinpark greenday greenday1 eminem123 master12 master123 mastermind killer12 killer123 soldier1 warrior1
        ninja123 samurai1 phoenix1 thunder1 lightning diamond1 silver12 platinum chocolate chocolate1 cheese12
        banana12 cherry12 strawberry pumpkin1 flower12 flower123 flowers1 rainbow1 angel123 angel1234 angels12
        heaven12 freedom1 freedom12 forever1 forever21 friends1 friends4 bestfriend blessed1 blessing jesus123
        jesus777 jesuschrist jesusislord christ12 summer12 summer123 summer2024 Summer2025! winter12 Winter2024
        Winter2024! spring2024 Autumn2023 january1 January2024 february february14 march2024 april123 august12
        september september1 october1 october12 november november1 december december1 December25 monday123 Monday01
        friday13 sunday12 halloween christmas christmas1 birthday birthday1 midnight midnight1 tomorrow playboy1
        playstation nintendo pokemon1 pokemon123 minecraft minecraft1 warcraft starcraft runescape counterstrike
        cocacola cocacola1 marlboro budweiser snickers scooter1 swimming gymnast1 cheerleader skateboard guitar12
        guitar123 rockstar rockstar1 wrestling california newyork1 london12 london123 america1 brooklyn scotland
        deutschland australia daybook1 daybook123 Daybook! DayBook2026 !!daybook!! quickbooks QuickBooks1
        Quickbooks2026 intuit123 Intuit2024! rental123 rentals1 Rental2025 accounting accounting1 Accounting123
        bookkeeper Bookkeeper1 invoice1 invoice123 company1 company123 business1 money123 money1234 cash4you
        CorrectHorseBatteryStaple mariposa estrella tequiero teamo123 corazon1 hermosa1 alejandro alejandra fernando
        gabriela hello123 hello1234 helloworld hellohello hallo123 thankyou please123 blessed7 lucky123 lucky777
        buddy123 crystal1 purple12 purple123 orange12 orange123 yellow12 blue1234 bluebird blackcat blackie1
        green123 red12345 redwings m0nkey123 dr4g0n12 l3tm31n! h3ll0123 adm1n123 qwerty!@# qwe!@#123 !@#$%^&*
        !@#$%^&*() asdf!@#$ 1234!@#$ abc123!@# zxc123!@# qq123456 qq123456789 w1234567 z1234567 x1234567 5201314a
        woaini1314 woaini520 woaini123 5201314520 123456qwe 123456qwerty qwe123456 qwe12345 asd123456 asd12345
        zxc123456 123456abc 123456asd 123abc123 abc123123 a123456a ab123456 as123456 123456as pass1234 pass12345
        pass@123 Pass123! passpass passer2009 access14 access123 trinity1 matrix123 snowball speedy12 sparky12
        smokey12 bond0007 jamesbond james007 mickey12 mickey123 barney12 barbie12 scooby12 tweety12 tinkerbell
        spongebob spongebob1 patrick123 simpsons bubbles1 bubbles12 sweetie1 sweetheart sweetpea honey123 cutie123
        hottie12 lovers12 kisses12 mother12 mommy123 daddy123 family12 family123 sister12 brother1 teddybear
        hotdog12 tinker12 yankees2 lakers123 boomer12 cowboy12 bulldog1 bulldogs eagles12 falcons1 tigers12 lions123
        panther1 wildcats wildcat1 maverick goldfish airborne infinity intrepid paradise kawasaki hardcore godzilla
        gladiator fireball enterprise einstein cristina crazy123 computer123 chester1 carpediem bigdaddy apollo13
        alexander12 aardvark zachary1 yellow123 wolverine willow12 loverboy1 prettygirl1 madison12 courtney1
        savannah1 mackenzie1 gangster1 cheyenne1 candyman candyman1 gabriel12 iloveyoubaby iloveyou4ever iloveyou3
        ilovemom1 ilovejesus ilovehim1 lilwayne1 love4ever love2009 love12345 mychemicalromance popcorn12 rosebud12
        skittles1 catdog123 happy1234 hawaii50 kittycat1 loser123 loser1234 jordan1234 ladybug1 ladybug12 london2012
        madrid123 marina123 martin123 maxwell1 merlin12 money2000 monster1 monster12 monster123 morgan12 newlife1
        oliver12 olivia12 panthers peaches1 picasso1 poohbear poohbear1 precious1 qwerty00 qwerty01 qwerty99
        rachel12 remember remember1 robert12 ronaldo7 samsung12 scorpion shannon1 silver123 skywalker smooth12
        southpark special1 startrek1 steven12 success1 sydney12 taylor13 tequila1 teresa12 tinkerbell1 titanic1
        trustme1 twilight1 vampire1 victory1 vincent1 virginia voodoo12 westham1 wonder12 xavier12 xboxlive zeppelin
        """)

    static let accepted = lines(
        """
        gravel boom tuesday
        seven blue lorries in the rain
        another good one
        kx83-Qp2m
        日本語のパスワード
        Ostrander rents lifts
        passwords are tiresome
        12345678 gravel tuesday
        vK7#pLq2
        9tZ-mwQ4x
        u3Gw!eXp
        hT5rBn8L
        Xq7vLm2p
        wmzkvtha
        rtbkqpwz
        pGdN7wTe
        bQ2x9RkT
        fJ8w-Lc3z
        tundra lamp whistle
        plumber hates ladders
        a ladder for the moon
        our cat eats pickles
        my neighbour's fence is crooked
        gravelpit
        forklift parade
        excavators dream at noon
        tin roof symphony
        kettle drum sidewalk
        walnut bridge ferry
        nine crooked nails
        pavement whisper
        cement mixer ballad
        borrowed wheelbarrow
        trench digger waltz
        scaffold and soup
        the goose ate the map
        warm bread at dawn
        violet tractor sings
        slow boat to Duluth
        wet paint, dry humour
        zebra crossing at dusk
        Löwenzahn und Klee
        Brezel mit Senf
        le chat boit du lait
        trois petits navires
        el perro come flores
        два веселых гуся
        correct mule battery hook
        staple gun orchestra
        mind the third step
        hedge trimmer opera
        quartz lintel
        drizzle on tarpaulin
        marmalade skies over Fargo
        jackhammer lullaby
        overdue generator
        sandbags & sonnets
        grumpy hydraulic otter
        b7c2-91fa-k0
        8305917264
        4f9a1c7e2b
        TROUB4dor&3x
        m3ws6vq0pz
        Zq!8vR.t
        """)

    private static func words(_ text: String) -> [String] { text.split { $0.isWhitespace }.map(String.init) }

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
