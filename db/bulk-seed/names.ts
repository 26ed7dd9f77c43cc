const words = (list: string) => list.trim().split(/\s+/)

/** Given names, the most common first: the further down, the rarer they are drawn. */
export const givenNames = words(`
  James Maria Michael Jennifer David Linda Robert Sarah John Jessica Daniel Emily Carlos Ashley Wei Anna Mohammed
  Elizabeth José Karen William Laura Joseph Michelle Thomas Lisa Christopher Nancy Matthew Fatima Anthony Sandra Mark
  Ana Steven Priya Paul Rebecca Andrew Rachel Joshua Carmen Kevin Amy Brian Nicole George Katherine Luis Samantha
  Edward Christine Ahmed Emma Jason Catherine Ryan Olivia Jacob Virginia Nicholas Mei Eric Heather Jonathan Teresa
  Stephen Sofía Juan Diana Larry Julia Justin Grace Scott Victoria Brandon Yuki Benjamin Lucía Samuel Isabel Gregory
  Aisha Frank Natalie Alexander Hannah Raymond Charlotte Patrick Rosa Jack Danielle Dennis Beverly Jerry Alice Minh
  Tyler Amara Aaron Doris Omar Ingrid Adam Zoë Nathan Chloé Henry Leticia Zachary Camille Kyle Svetlana Peter Naoko
  Ethan Małgorzata Jeremy Thảo Sean Eleni Hassan Adaeze Kwame Øystein Łukasz Søren Björn Ondřej Thandiwe Oluwaseun
  Maëlle Gülşen Anneliese Xiomara Ignatius Persephone
`)

/** Family names, the most common first. */
export const familyNames = words(`
  Smith Johnson García Williams Brown Jones Nguyen Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson
  Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson
  Walker Young Allen King Wright Scott Torres Patel Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell
  Carter Roberts Kim Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy
  Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Chen Ward Cox Richardson Watson
  Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Myers Long Ross Foster
  Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez Simmons
  Tran Jordan Patterson Alexander Hamilton Graham Wallace Singh West Cole Hayes Wang Bryant Herrera Gibson Ellis
  Medina Aguilar Stevens Murray Ford Castro Marshall Owens Khan Harrison Fernandez McDonald Woods Washington Kennedy
  Wells Vargas Henry Li Freeman Webb Tucker Guzman Burns Crawford Olson Simpson Porter Hunter Gordon Mendez Silva Shaw
  Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer Wagner Black Robertson Boyd Rose Stone Salazar Fox Warren Mills
  Meyer Rice Schmidt Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner Payne Kumar Dunn Hawkins Arnold Tanaka
  Müller Okafor Park Banerjee Kowalska Rossi Haddad Cohen Ivanova Dubois Lindström Adeyemi Jørgensen Papadopoulos
  Ødegård Wójcik Echeverría Yılmaz Krishnamurthy Mbatha O'Callaghan Fitzgibbon Zwolinski Quackenbush Featherstonehaugh
`)
