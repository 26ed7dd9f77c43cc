export { ListPageSkeleton as default } from '@/components/list/list-skeleton'
