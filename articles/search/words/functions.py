"""Words that carry grammar rather than meaning: a search leaves them out while it has others."""

_RUSSIAN = """
а без более больше будем будет будете будешь будто буду будут бы был была были было быть в вам вами вас ваш весь во
вот все всего всей всем всеми всему всех всю вы где да для до его ее ей если есть еще ею ж же за зачем здесь и ибо из
или им ими иногда их к как какая какие каким каких какого какое какой какую ко когда кого кому который кто куда ли
либо лишь меня мне много мной может можно мои моих мой мочь мою моя мы на над надо нам нами нас наш наша не него нее
ней некий нем нет нечто ни нибудь них но ну о об обо однако он она они оно от ото очень по под подо пока после потом
потому почему почти при про раз разве с сам сама сами само самый свой себе себя сей сейчас со совсем так такая также
такие такого такое такой там тебе тебя тем теперь то тобой тогда того тоже той только том тот ту тут ты у уж уже хотя
чего чей чем через что чтоб чтобы чуть чья эта этак эти этих это этого этой этом этот эту я являться
"""

_ENGLISH = """
a about above after again all also am an and any are as at be because been before being below between both but by can
could did do does doing don't for from further had has have having he her here hers him his how i if in into is it its
just may me might more most my no nor not of off on once only or other our out over own same she should so some such
than that the their them then there these they this those through to too under until up very was we were what when
where which while who whom why will with would you your
"""

RUSSIAN = frozenset(_RUSSIAN.split())
ENGLISH = frozenset(_ENGLISH.split())
