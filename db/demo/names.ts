import type { Random } from './random'

/** A person's name in its two parts, as the person writes it. */
export type Name = { given: string; family: string }

const words = (list: string) => list.trim().split(/\s*,\s*|\s*\n\s*/)

// Given and family names are drawn from the same group, so that each name could be somebody's.
const nameGroups = [
  {
    share: 9,
    given: words(`Jane, Emily, Michael, Katherine, William, Elizabeth, Thomas, Abigail, Daniel, Rebecca, Andrew,
      Samantha, Benjamin, Margaret, Christopher, Hannah, Patrick, Alexandra, Matthew, Victoria, Robert, Jennifer`),
    family: words(`Whitaker, Harrison, Bennett, Caldwell, Fletcher, Prescott, Sutherland, Hawthorne, Gallagher, Mercer,
      Lockwood, Pemberton, Winslow, Thornton, Ashford, Sinclair, Brennan, Holloway, Kendrick, O'Connell, McAllister`),
  },
  {
    share: 5,
    given: words(`Darnell, Keisha, Terrence, Imani, Malik, Aaliyah, Isaiah, Simone, Andre, Monique, Jerome, Tamika`),
    family: words(`Washington, Jefferson, Booker, Franklin, Gaines, Coleman, Dorsey, Broussard, Hightower, Mayfield`),
  },
  {
    share: 6,
    given: words(`José, María, Sofía, Andrés, Lucía, Martín, Inés, Raúl, Valentina, Joaquín, Camila, Óscar, Beatriz,
      Guadalupe, Hernán, Ximena`),
    family: words(`García, Hernández, Peña, Ibáñez, Núñez, Morales, Villanueva, Castañeda, Ortega, Quintero, Rosales,
      Domínguez, Echeverría, Salazar`),
  },
  {
    share: 4,
    given: words(`Linh, Minh, Thảo, Quang, Huong, Duc, Mai, Tuan, Ngoc, Bao, Lan, Khanh`),
    family: words(`Nguyen, Tran, Pham, Hoang, Vo, Dang, Bui, Do, Truong, Dinh`),
  },
  {
    share: 5,
    given: words(`Wei, Mei-Ling, Jun, Xiaoyu, Haoran, Yuxin, Kai, Ling, Zhen, Hui, Ming, Qiong`),
    family: words(`Zhang, Chen, Wang, Liu, Huang, Lin, Zhao, Xu, Sun, Guo, Leung, Cheung`),
  },
  {
    share: 5,
    given: words(
      `Priyanka, Arjun, Ananya, Rohan, Kavya, Vikram, Meera, Sanjay, Divya, Rahul, Nandini, Aditya, Lakshmi`,
    ),
    family: words(`Sharma, Iyer, Patel, Krishnan, Banerjee, Deshpande, Chatterjee, Menon, Reddy, Kapoor, Mukherjee`),
  },
  {
    share: 3,
    given: words(`Haruto, Yuki, Sakura, Kenji, Aiko, Takumi, Naoko, Ren, Emi, Daisuke`),
    family: words(`Tanaka, Watanabe, Yamamoto, Kobayashi, Fujimoto, Nakamura, Ishikawa, Matsuda`),
  },
  {
    share: 3,
    given: words(`Ji-woo, Seo-yeon, Min-jun, Hye-jin, Dong-hyun, Soo-min, Tae-yang, Eun-ji`),
    family: words(`Kim, Park, Choi, Jung, Kang, Yoon, Lim, Han`),
  },
  {
    share: 4,
    given: words(`Omar, Layla, Yusuf, Amina, Khalid, Noor, Samir, Farah, Tariq, Zainab, Hassan, Rania`),
    family: words(`Al-Masri, Haddad, Rahman, Mansour, Khoury, Siddiqui, Farouk, Nasser, Aziz, El-Sayed`),
  },
  {
    share: 4,
    given: words(`Chidi, Adaeze, Tunde, Folasade, Emeka, Ngozi, Kwame, Abena, Oluwaseun, Zainabu, Sipho, Thandiwe`),
    family: words(`Okonkwo, Adeyemi, Mensah, Balogun, Nwosu, Asante, Eze, Dlamini, Owusu, Abiola, Kamau`),
  },
  {
    share: 5,
    given: words(`Jürgen, Anneliese, Søren, Øystein, Zoë, Maëlle, François, Élodie, Björn, Åsa, Anaïs, Günther, Renée,
      Mathilde, Lars, Ingrid`),
    family: words(`Müller, Schäfer, Jørgensen, Ødegård, Lefèvre, Beaumont, Bäcker, Lindström, Hébert, Dubois, Krüger,
      van der Berg, de Vries, Weiß`),
  },
  {
    share: 4,
    given: words(
      `Łukasz, Agnieszka, Tomáš, Zuzana, Małgorzata, Ondřej, Dragana, Miloš, Iryna, Oleksandr, Svetlana, Dmitri`,
    ),
    family: words(`Wójcik, Kowalska, Novák, Dvořák, Zieliński, Petrović, Kovačević, Shevchenko, Bondarenko, Nowak`),
  },
  {
    share: 3,
    given: words(`Chiara, Lorenzo, Giulia, Matteo, João, Beatriz, Rafael, Inês, Alessandro, Francesca`),
    family: words(`Rossi, Bianchi, Esposito, Conti, Gonçalves, Magalhães, Araújo, Ferreira, De Luca, Simões`),
  },
  {
    share: 2,
    given: words(`Eleni, Nikos, Ayşe, Mehmet, Shira, Avi, Ariel, Gülşen, Kostas, Noa`),
    family: words(`Papadopoulos, Yılmaz, Cohen, Katz, Öztürk, Levi, Kaya, Georgiou`),
  },
]

const drawnGroups = nameGroups.flatMap((group) => Array.from({ length: group.share }, () => group))

/** How a name is written in full. */
export function fullName(name: Name): string {
  return `${name.given} ${name.family}`
}

/** Draws names, no two with the same full name. */
export function createNames(random: Random, taken: Iterable<string>) {
  const used = new Set(taken)
  const draw = (family?: string): Name => {
    for (;;) {
      const group = random.pick(drawnGroups)
      if (family && !group.family.includes(family)) continue
      const name = { given: random.pick(group.given), family: family ?? random.pick(group.family) }
      if (used.has(fullName(name))) continue
      used.add(fullName(name))
      return name
    }
  }
  return {
    next: () => draw(),
    /** Somebody of the same household. */
    relativeOf: (name: Name) => draw(name.family),
  }
}
