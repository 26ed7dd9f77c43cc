import { Menu, MenuItem, type MenuTrigger } from '../ui/menu'

/** The two ways to move. */
export default function MoveMenu({ onChoose, ...look }: MenuTrigger & { onChoose: (kind: 'in' | 'out') => void }) {
  return (
    <Menu align="end" {...look}>
      <MenuItem onClick={() => onChoose('out')}>Move out…</MenuItem>
      <MenuItem onClick={() => onChoose('in')}>Move in…</MenuItem>
    </Menu>
  )
}
