import { roleDescriptions, roleName, roles } from '@/lib/accounts/members/member'
import type { Role } from '@/lib/platform/permissions'
import { ChoiceField } from '../ui/choice-field'

const choices = roles.map((role) => ({ value: role, name: roleName(role), detail: roleDescriptions[role] }))

type RoleFieldProps = { chosen: Role; onChoose?: (role: Role) => void; errors?: string[] }

/** The roles to choose from, each with what it may do. */
export function RoleField(props: RoleFieldProps) {
  return <ChoiceField legend="Role" name="role" choices={choices} {...props} />
}
