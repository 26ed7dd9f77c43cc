import { CreditCard, Hash, Smartphone } from 'lucide-react'

/** The ways to open a door, as they are called and drawn. */
export const accessMethodNames = {
  mobile_key: { name: 'Mobile key', icon: Smartphone },
  card: { name: 'Card', icon: CreditCard },
  code: { name: 'Code', icon: Hash },
}
