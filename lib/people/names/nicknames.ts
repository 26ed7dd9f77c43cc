/*
 * Short and pet forms of given names, as people are called and as access systems have them. Each line is
 * one family of names: whoever is called by one of them may be called by another.
 */
const families = `
abigail abby gail
alessandro sandro
alexander alex alec sasha sascha xander
alexandra alex sasha sandra lexi
alfred al fred alfie
andrew andy drew
anthony tony
barbara barb babs
benjamin ben benny benji
bernard bernie
catherine katherine kathryn kate katie kathy cathy kat kitty
charles charlie chuck chas
charlotte charlie lottie
christina christine chris tina chrissy
christopher chris kit topher
cynthia cindy
daniel dan danny
david dave davey
deborah debbie deb
dennis denny
donald don donny
dorothy dot dottie
douglas doug
edward ed eddie ted ned
eleanor ellie nora nell
elizabeth liz lizzie beth betty eliza lisa betsy libby
emily em emmy
eugene gene
francesca franca fran
francis frank
francisco paco pancho
frederick fred freddie
gabriel gabe
gerald gerry jerry
giuseppe beppe peppe
gregory greg
guadalupe lupe
harold harry hal
henry harry hank
isabella isabel bella izzy
jacob jake
jacqueline jackie
james jim jimmy jamie
jennifer jen jenny
jeffrey jeff
jessica jess jessie
jesus chuy
john jack johnny
jonathan jon jonny
jose pepe
joseph joe joey
joshua josh
judith judy
kenneth ken kenny
kimberly kim
lawrence larry laurence
leonard leo len lenny
malgorzata gosia
margaret maggie meg peggy marge greta
matthew matt
megan meg
michael mike mick mickey
mohammed mohamed muhammad mohammad mo
nancy nan
natalie nat
nathaniel nathan nate nat
nicholas nick nicky
oleksandr sasha
oluwaseun seun
pamela pam
patricia pat patty trish tricia
patrick pat paddy
peter pete
philip phillip phil
priyanka priya
raymond ray
rebecca becca becky
richard rick rich dick ricky
robert rob bob bobby robbie bert
ronald ron ronnie
samantha sam
samuel sam sammy
sarah sally
stephen steven steve
stephanie steph
susan sue susie suzanne
terrence terence terry
theodore ted theo teddy
theresa teresa terry tess
thomas tom tommy
timothy tim timmy
valentina vale tina
victoria vicky tori vic
vincent vince vinny
walter walt wally
william will bill billy willy liam
zachary zach zack
`

const familiesOfName = new Map<string, Set<number>>()
const lines = families.trim().split('\n')
for (const [number, line] of lines.entries()) {
  for (const name of line.split(' ')) familiesOfName.set(name, (familiesOfName.get(name) ?? new Set()).add(number))
}

/** Whether two given names, in lower case and without accents, may be two forms of one: "liz" and "elizabeth". */
export function areNicknames(one: string, other: string): boolean {
  const others = familiesOfName.get(other)
  return one !== other && [...(familiesOfName.get(one) ?? [])].some((family) => others?.has(family))
}

/** The other forms of a given name, which a search by letters would not find. */
export function otherForms(name: string): string[] {
  const forms = [...(familiesOfName.get(name) ?? [])].flatMap((family) => lines[family]?.split(' ') ?? [])
  return [...new Set(forms)].filter((form) => form !== name)
}
