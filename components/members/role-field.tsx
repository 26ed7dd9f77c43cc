import type { Role } from '@/lib/auth/permissions'
import { roleDescriptions, roleName, roles } from '@/lib/members/member'

type RoleFieldProps = { chosen: Role; onChoose?: (role: Role) => void; errors?: string[] }

/** The roles to choose from, each with what it may do. */
export function RoleField({ chosen, onChoose, errors }: RoleFieldProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-sm">Role</legend>
      <div className="divide-y divide-line rounded-md border border-line">
        {roles.map((role) => (
          <label key={role} className="flex cursor-pointer items-start gap-2.5 px-3 py-2 text-sm hover:bg-hover">
            <input
              type="radio"
              name="role"
              value={role}
              defaultChecked={role === chosen}
              onChange={() => onChoose?.(role)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="block font-medium">{roleName(role)}</span>
              <span className="block text-muted">{roleDescriptions[role]}</span>
            </span>
          </label>
        ))}
      </div>
      {errors?.map((error) => (
        <p key={error} role="alert" className="mt-1 text-danger text-sm">
          {error}
        </p>
      ))}
    </fieldset>
  )
}
